package io.longshore.registry.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A token service that is not ours, whose tokens say what their bearers may do.
 *
 * @param realm where clients get tokens
 * @param service what they ask for a token for, and what must be in its {@code aud}; fit for a quoted string
 * @param issuer what must be in its {@code iss}
 * @param certificates a PEM file; there where {@code jwks} is not, perhaps beside it
 * @param authorities a PEM file, for an address in {@code jwks} whose certificate the Java runtime does not trust
 * @param plainHttp whether {@code jwks} may be an address of HTTP on another machine
 * @param algorithms at least one
 * @param redirectPath of the realm on the host that the client has named, instead of {@code realm}; begins with a slash
 */
public record TokenAuthConfig(
        URI realm,
        String service,
        String issuer,
        Optional<Path> certificates,
        Optional<JwksLocation> jwks,
        Optional<Path> authorities,
        boolean plainHttp,
        Set<SigningAlgorithm> algorithms,
        Optional<String> redirectPath) {
    public TokenAuthConfig {
        algorithms = Set.copyOf(algorithms);
    }
}
