package io.longshore.registry.config;

import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads {@code proxy}. */
final class ProxyConfigReader {
    /** What the one upstream is called that distribution's keys set. */
    static final String NAME = "proxy";

    private final Settings settings;
    private final Problems problems;
    private final ConfigLoader.FileReader files;

    /** {@code files} is asked for certificates and keys. */
    ProxyConfigReader(Settings settings, Problems problems, ConfigLoader.FileReader files) {
        this.settings = settings;
        this.problems = problems;
        this.files = files;
    }

    /** With any problem collected, the result is not to be used. */
    MirrorConfig read() {
        List<UpstreamConfig> upstreams = new ArrayList<>();
        Optional<UpstreamConfig.Login> login = login();
        Optional<URI> url = settings.find(ProxyKeys.REMOTEURL);
        if (url.isPresent()) {
            upstreams.add(upstream(url.get(), login));
        } else {
            requireUrl();
        }
        List<Value.Entries> items = settings.find(ProxyKeys.UPSTREAMS).orElse(List.of());
        for (int index = 0; index < items.size(); index++) {
            ItemReader item = new ItemReader(
                    ProxyKeys.UPSTREAMS.name() + "." + index, items.get(index), UpstreamReader.FIELDS, problems);
            Optional<UpstreamConfig> read = new UpstreamReader(item, files).read();
            read.ifPresent(one -> {
                checkDifferent(one, upstreams, item);
                upstreams.add(one);
            });
        }
        return new MirrorConfig(upstreams);
    }

    private void requireUrl() {
        for (Key<?> key : List.of(
                ProxyKeys.USERNAME, ProxyKeys.PASSWORD, ProxyKeys.REPOSITORIES, ProxyKeys.NAMESPACES)) {
            settings.source(key).ifPresent(source -> problems.add(
                    key.name(), source, "expected " + source.spell(ProxyKeys.REMOTEURL.name()) + " to be set too"));
        }
    }

    /** Where two upstreams could be meant, none is. */
    private static void checkDifferent(UpstreamConfig one, List<UpstreamConfig> others, ItemReader item) {
        for (UpstreamConfig other : others) {
            if (other.name().equals(one.name())) {
                item.report("name", "expected one upstream alone to be called " + one.name());
            }
            if (other.place().prefix().equals(one.place().prefix())) {
                item.report("prefix", "expected another prefix than that of " + other.name());
            }
            if (!Collections.disjoint(other.place().namespaces(), one.place().namespaces())) {
                item.report("namespaces", "expected others than those of " + other.name());
            }
        }
    }

    private UpstreamConfig upstream(URI url, Optional<UpstreamConfig.Login> login) {
        Duration unused = settings.get(ProxyKeys.TTL);
        return new UpstreamConfig(
                NAME,
                url,
                login,
                new UpstreamConfig.Place(
                        "", settings.find(ProxyKeys.NAMESPACES).orElse(Set.of()),
                        settings.find(ProxyKeys.REPOSITORIES).orElse(List.of(RepositoryPattern.ALL))),
                settings.get(ProxyKeys.TAGTTL),
                new UpstreamConfig.Keeping(Optional.of(unused).filter(time -> !time.isZero()), Optional.empty()),
                new UpstreamConfig.Limits(UpstreamRules.CONNECTIONS, OptionalInt.empty()),
                UpstreamConfig.Trust.USUAL,
                false);
    }

    private Optional<UpstreamConfig.Login> login() {
        Optional<String> user = settings.find(ProxyKeys.USERNAME);
        Optional<Secret> password = settings.find(ProxyKeys.PASSWORD);
        if (user.isEmpty() && password.isPresent()) {
            settings.source(ProxyKeys.PASSWORD).ifPresent(source -> problems.add(
                    ProxyKeys.PASSWORD.name(), source,
                    "expected " + source.spell(ProxyKeys.USERNAME.name()) + " to be set too"));
        }
        return user.map(name -> new UpstreamConfig.Login(name, password.orElse(Secret.of(""))));
    }
}
