package io.longshore.registry.notification;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Endpoints for tests, changed by need. Immutable. */
record TestEndpoint(
        String name, boolean disabled, EndpointConfig.Filter filter, EndpointConfig.Pace pace, int batchSize) {
    private static final EndpointConfig.Filter EVERYTHING =
            new EndpointConfig.Filter(EnumSet.allOf(EventAction.class), Set.of(), List.of(RepositoryPattern.ALL));
    static final EndpointConfig.Pace QUICK = new EndpointConfig.Pace(
            Duration.ofSeconds(1), 1000, Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofHours(1));

    static TestEndpoint named(String name) {
        return new TestEndpoint(name, false, EVERYTHING, QUICK, 1);
    }

    TestEndpoint switchedOff() {
        return new TestEndpoint(name, true, filter, pace, batchSize);
    }

    TestEndpoint withPace(EndpointConfig.Pace changed) {
        return new TestEndpoint(name, disabled, filter, changed, batchSize);
    }

    TestEndpoint withFilter(Set<EventAction> actions, Set<String> ignored, String... repositories) {
        return new TestEndpoint(
                name, disabled,
                new EndpointConfig.Filter(actions, ignored, List.of(repositories).stream().map(RepositoryPattern::parse).toList()),
                pace, batchSize);
    }

    TestEndpoint withBatches(int size) {
        return new TestEndpoint(name, disabled, filter, pace, size);
    }

    EndpointConfig configured() {
        return new EndpointConfig(
                name, disabled, URI.create("http://127.0.0.1:1/" + name), Map.of(), EndpointConfig.Format.DISTRIBUTION,
                filter, pace, batchSize, List.of(), EndpointConfig.Route.DIRECT);
    }
}
