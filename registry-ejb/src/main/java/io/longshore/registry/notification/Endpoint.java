package io.longshore.registry.notification;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.config.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where events are sent to, and which. Immutable.
 *
 * @param id in the database
 * @param name no other endpoint has it
 * @param url of HTTP or HTTPS
 * @param headers sent with every request; a name may have several values
 * @param format of the body
 * @param filter which events
 * @param pace how long is waited and tried
 * @param batchSize the most events in one request, at least 1
 * @param includeReferences whether events of manifests tell what these consist of
 * @param secrets keys of the signatures, the newest first; at most two, none for no signature
 * @param route how the server is reached
 */
public record Endpoint(
        long id,
        String name,
        URI url,
        Map<String, List<Secret>> headers,
        EndpointConfig.Format format,
        EndpointConfig.Filter filter,
        EndpointConfig.Pace pace,
        int batchSize,
        boolean includeReferences,
        List<Secret> secrets,
        EndpointConfig.Route route) {
    public Endpoint {
        headers = Map.copyOf(headers);
        secrets = List.copyOf(secrets);
    }

    static Endpoint of(long id, EndpointConfig config, boolean includeReferences) {
        return new Endpoint(
                id, config.name(), config.url(), config.headers(), config.format(), config.filter(), config.pace(),
                config.batchSize(), includeReferences, config.secrets(), config.route());
    }

    /** Scheme, host and port of the address: path and query may hold a secret. */
    public URI origin() {
        return URI.create(url.getScheme() + "://" + url.getRawAuthority());
    }

    /** The same without what must not be seen. */
    Endpoint withoutSecrets() {
        return new Endpoint(
                id, name, origin(), Map.of(), format, filter, pace, batchSize, includeReferences, List.of(), route);
    }

    /** Without headers and secrets. */
    @Override
    public String toString() {
        return name;
    }
}
