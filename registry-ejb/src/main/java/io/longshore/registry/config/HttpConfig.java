package io.longshore.registry.config;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the registry is reached.
 *
 * @param addr where the server listens
 * @param host scheme and authority that clients use, without a path; what absolute locations begin with
 * @param relativeUrls whether {@code Location} holds a path instead of a whole URL
 * @param headers added to every reply, in the order configured; names are unique whatever their case
 * @param maxUriLength the longest request target that is accepted
 * @param maxHeaderLength the most that all header fields of a request may take together
 * @param idleTimeout how long a connection may carry nothing before it is closed
 * @param trustedProxies those whose word is taken for where a request comes from
 * @param tls HTTPS instead of HTTP; empty for HTTP
 * @param debug what is served apart from the registry; empty for nothing
 */
public record HttpConfig(
        HostPort addr,
        Optional<URI> host,
        boolean relativeUrls,
        Map<String, List<String>> headers,
        DataSize maxUriLength,
        DataSize maxHeaderLength,
        Duration idleTimeout,
        List<AddressRange> trustedProxies,
        Optional<TlsConfig> tls,
        Optional<DebugConfig> debug) {
    public HttpConfig {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        trustedProxies = List.copyOf(trustedProxies);
        headers = Collections.unmodifiableMap(copy);
    }
}
