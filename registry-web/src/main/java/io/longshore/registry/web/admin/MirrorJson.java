package io.longshore.registry.web.admin;

import io.longshore.registry.config.DataSize;
import io.longshore.registry.config.GoDuration;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.mirror.MirrorStatus;
import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An upstream, as it is shown: without its password and key. Null for what is not known: settings of upstreams that
 * another node configures, or whose secrets this one cannot read.
 */
public record MirrorJson(
        String name, boolean configured, String url, String username, String prefix, List<String> namespaces,
        List<String> repositories, String tagTtl, String ttl, String maxSize, Integer connections,
        Integer requestsPerSecond, Boolean push, Boolean insecure, String authorities, String clientCertificate,
        long manifests, long blobs, long blobBytes, Instant lastPulledAt, long hits, long misses, long stale,
        long servedBytes, long fetchedBytes, long requests, long errors, Long meanLatencyMillis, String createdBy,
        Instant createdAt) {

    static MirrorJson of(MirrorStatus status) {
        Optional<UpstreamConfig> config = status.config();
        Optional<UpstreamConfig.Place> place = config.map(UpstreamConfig::place);
        Optional<UpstreamConfig.Trust> trust = config.map(UpstreamConfig::trust);
        MirrorStatus.Counts counts = status.counts();
        return new MirrorJson(
                status.name(),
                status.configured(),
                config.map(UpstreamConfig::url).map(URI::toString).orElse(null),
                config.flatMap(UpstreamConfig::login).map(UpstreamConfig.Login::user).orElse(null),
                place.map(UpstreamConfig.Place::prefix).orElse(null),
                place.map(one -> one.namespaces().stream().sorted().toList()).orElse(null),
                place.map(one -> one.repositories().stream().map(RepositoryPattern::value).toList()).orElse(null),
                config.map(UpstreamConfig::tagLifetime).map(GoDuration::format).orElse(null),
                config.map(one -> one.keeping().unused().orElse(Duration.ZERO)).map(GoDuration::format).orElse(null),
                config.flatMap(one -> one.keeping().size()).map(DataSize::toString).orElse(null),
                config.map(one -> one.limits().connections()).orElse(null),
                config.map(one -> one.limits().requestsPerSecond())
                        .filter(limit -> limit.isPresent()).map(limit -> limit.getAsInt()).orElse(null),
                config.map(UpstreamConfig::pushable).orElse(null),
                trust.map(UpstreamConfig.Trust::insecure).orElse(null),
                trust.flatMap(UpstreamConfig.Trust::authorities).orElse(null),
                trust.flatMap(UpstreamConfig.Trust::identity).map(UpstreamConfig.Identity::certificates).orElse(null),
                counts.manifests(),
                counts.blobs(),
                counts.blobBytes(),
                counts.lastPulled().orElse(null),
                counts.hits(),
                counts.misses(),
                counts.stale(),
                counts.servedBytes(),
                counts.fetchedBytes(),
                counts.requests(),
                counts.errors(),
                counts.requests() == 0 ? null : counts.waited().toMillis() / counts.requests(),
                status.createdBy(),
                status.createdAt());
    }
}
