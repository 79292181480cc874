package io.longshore.registry.notification.http;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.config.Secret;
import io.longshore.registry.notification.Endpoint;
import io.longshore.registry.config.EndpointConfig.Filter;
import io.longshore.registry.config.EndpointConfig.Format;
import io.longshore.registry.config.EndpointConfig.Pace;
import io.longshore.registry.config.EndpointConfig.Route;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Endpoints for tests. Immutable: each method makes another one. */
record Endpoints(
        URI url, Map<String, List<Secret>> headers, Format format, Duration timeout, int batchSize,
        List<Secret> secrets, Route route) {

    /** Of distribution's format, without headers and secrets, and with more time than a test takes. */
    static Endpoints to(URI url) {
        return new Endpoints(
                url, Map.of(), Format.DISTRIBUTION, Duration.ofSeconds(30), 1, List.of(), Route.DIRECT);
    }

    Endpoints header(String name, String... values) {
        Map<String, List<Secret>> more = new HashMap<>(headers);
        more.put(name, List.of(values).stream().map(Secret::of).toList());
        return new Endpoints(url, more, format, timeout, batchSize, secrets, route);
    }

    Endpoints cloudEvents(int mostInBatch) {
        return new Endpoints(url, headers, Format.CLOUDEVENTS, timeout, mostInBatch, secrets, route);
    }

    Endpoints timeout(Duration limit) {
        return new Endpoints(url, headers, format, limit, batchSize, secrets, route);
    }

    Endpoints secrets(String... texts) {
        List<Secret> keys = List.of(texts).stream().map(Secret::of).toList();
        return new Endpoints(url, headers, format, timeout, batchSize, keys, route);
    }

    Endpoints route(Route way) {
        return new Endpoints(url, headers, format, timeout, batchSize, secrets, way);
    }

    Endpoint make() {
        return new Endpoint(
                1, "hook", url, headers, format, new Filter(Set.of(), Set.of(), List.of()),
                new Pace(timeout, 3, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofDays(1)), batchSize,
                true, secrets, route);
    }
}
