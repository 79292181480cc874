package io.longshore.registry.config;

import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An endpoint of webhooks that is configured. Immutable.
 *
 * @param name no other one that is configured has it
 * @param disabled whether nothing is sent to it
 * @param url of HTTP or HTTPS, without user and fragment; may hold a secret
 * @param headers sent with every request; a name may have several values
 * @param format of the body
 * @param filter which events
 * @param pace how long is waited and tried
 * @param batchSize the most events in one request, 1 to 1000
 * @param secrets keys of the signatures, the newest first; at most two, none for no signature
 * @param route how the server is reached
 */
public record EndpointConfig(
        String name,
        boolean disabled,
        URI url,
        Map<String, List<Secret>> headers,
        Format format,
        Filter filter,
        Pace pace,
        int batchSize,
        List<Secret> secrets,
        Route route) {
    public EndpointConfig {
        headers = Map.copyOf(headers);
        secrets = List.copyOf(secrets);
    }

    /** What the body of a request looks like. */
    public enum Format {
        /** {@code application/vnd.docker.distribution.events.v2+json}. */
        DISTRIBUTION,
        /** CloudEvents 1.0 in JSON. */
        CLOUDEVENTS;

        /**
         * What is sent where it is not said: all that receivers of this format know. The set is the caller's, and has
         * no {@link EventAction#PING}, which is no matter of filters.
         */
        public Set<EventAction> standardActions() {
            Set<EventAction> actions = EnumSet.complementOf(EnumSet.of(EventAction.PING));
            if (this == DISTRIBUTION) {
                actions.removeAll(EnumSet.of(EventAction.TAG_CREATE, EventAction.TAG_MOVE));
            }
            return actions;
        }
    }

    /**
     * Which events are sent. {@link EventAction#PING} is, whatever stands here.
     *
     * @param actions of which kinds; at least one, and what the settings ignore is left out already
     * @param ignoredMediaTypes events about these are not sent
     * @param repositories at least one, one of which must match; what is about no repository is always sent
     */
    public record Filter(
            Set<EventAction> actions, Set<String> ignoredMediaTypes, List<RepositoryPattern> repositories) {
        public Filter {
            actions = Set.copyOf(actions);
            ignoredMediaTypes = Set.copyOf(ignoredMediaTypes);
            repositories = List.copyOf(repositories);
        }
    }

    /**
     * How long is waited and tried.
     *
     * @param timeout for a whole request, from the connection to the end of the reply; 1 ms to 5 minutes
     * @param threshold after so many failures one after the other the endpoint is left alone; at least 1
     * @param backoff how long it is left alone then, and how long an event waits after its first failure, which is
     *     doubled with each further one; 1 ms to a day
     * @param longest the longest wait between two attempts; from {@code backoff} to a day
     * @param giveUp an event is given up when it was tried for so long in vain; 1 second to 365 days
     */
    public record Pace(Duration timeout, int threshold, Duration backoff, Duration longest, Duration giveUp) {
        /** What holds where nothing is said. */
        public static final Pace STANDARD = new Pace(
                Duration.ofSeconds(1), 10, Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofHours(72));
    }

    /**
     * How the server is reached.
     *
     * @param authorities certificates in PEM that are trusted instead of those that the JVM trusts
     * @param proxy of HTTP, such as {@code http://proxy.example.com:3128}
     */
    public record Route(Optional<String> authorities, Optional<URI> proxy) {
        /** Directly, by the authorities of the JVM. */
        public static final Route DIRECT = new Route(Optional.empty(), Optional.empty());
    }

    /** The name alone: addresses of webhooks hold secrets now and then. */
    @Override
    public String toString() {
        return name;
    }
}
