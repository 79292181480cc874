package io.longshore.registry.web.admin;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.config.GoDuration;
import io.longshore.registry.config.Secret;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.notification.Endpoint;
import io.longshore.registry.notification.EndpointStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An endpoint, as it is shown; null for what is not known: settings of endpoints that another node configures, or
 * attempts before the first one.
 *
 * @param url scheme, host and port
 * @param headers their names
 * @param secret null but where it was just made
 */
public record WebhookJson(
        String name, String state, boolean configured, String url, List<String> headers, Boolean signed, String format,
        List<String> actions, List<String> ignoredMediaTypes, List<String> repositories, String timeout,
        Integer threshold, String backoff, String longestBackoff, String giveUp, Integer batchSize,
        Boolean includeReferences, String authorities, String proxy, long pending, Instant oldestPending, long received,
        long failed, long givenUp, long deadLetters, Instant lastAt, Integer lastStatus, Long lastLatencyMillis,
        String createdBy, Instant createdAt, String secret) {

    static WebhookJson of(EndpointStatus status) {
        return of(status, Optional.empty());
    }

    /** @param made a key that is shown this once */
    static WebhookJson of(EndpointStatus status, Optional<Secret> made) {
        Optional<Endpoint> endpoint = status.endpoint();
        Optional<EndpointConfig.Pace> pace = endpoint.map(Endpoint::pace);
        EndpointStatus.Attempts attempts = status.attempts();
        return new WebhookJson(
                status.name(),
                status.state().word(),
                status.made().configured(),
                endpoint.map(Endpoint::url).map(URI::toString).orElse(null),
                status.hidden().map(EndpointStatus.Hidden::headers).orElse(null),
                status.hidden().map(EndpointStatus.Hidden::signed).orElse(null),
                endpoint.map(one -> one.format().name().toLowerCase(Locale.ROOT)).orElse(null),
                status.filter().actions().stream().sorted().map(EventAction::word).toList(),
                status.filter().ignoredMediaTypes().stream().sorted().toList(),
                status.filter().repositories().stream().map(RepositoryPattern::value).toList(),
                pace.map(EndpointConfig.Pace::timeout).map(GoDuration::format).orElse(null),
                pace.map(EndpointConfig.Pace::threshold).orElse(null),
                pace.map(EndpointConfig.Pace::backoff).map(GoDuration::format).orElse(null),
                pace.map(EndpointConfig.Pace::longest).map(GoDuration::format).orElse(null),
                pace.map(EndpointConfig.Pace::giveUp).map(GoDuration::format).orElse(null),
                endpoint.map(Endpoint::batchSize).orElse(null),
                endpoint.map(Endpoint::includeReferences).orElse(null),
                endpoint.flatMap(one -> one.route().authorities()).orElse(null),
                endpoint.flatMap(one -> one.route().proxy()).map(URI::toString).orElse(null),
                status.pending(),
                status.oldest().orElse(null),
                attempts.received(),
                attempts.failed(),
                attempts.givenUp(),
                status.deadLetters(),
                attempts.last().orElse(null),
                attempts.lastStatus().isPresent() ? attempts.lastStatus().getAsInt() : null,
                attempts.last().map(last -> attempts.lastLatencyMillis()).orElse(null),
                status.made().by(),
                status.made().at(),
                made.map(Secret::reveal).orElse(null));
    }

    /** Without the secret: it must be in no log. */
    @Override
    public String toString() {
        return name;
    }
}
