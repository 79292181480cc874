package io.longshore.registry.client.tool;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.auth.CredentialSource;
import io.longshore.registry.client.auth.DockerConfig;
import io.longshore.registry.client.http.ClientIdentity;
import io.longshore.registry.client.http.HttpProxy;
import io.longshore.registry.client.http.RetryPolicy;
import io.longshore.registry.client.http.WarningListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** How all commands may be told to speak to registries. */
final class ConnectionOptions {
    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);
    private static final Duration BUDGET = Duration.ofMinutes(2);
    /** Held in memory for each stream of unknown length, and each upload that has to be sent in parts. */
    private static final int CHUNK_BYTES = 4 << 20;

    @Option(
            names = "--plain-http",
            paramLabel = "HOST",
            scope = ScopeType.INHERIT,
            description = "Speak to this registry without TLS, as is done to this machine; may be repeated.")
    private List<String> plainHosts = List.of();

    @Option(
            names = "--insecure",
            paramLabel = "HOST",
            scope = ScopeType.INHERIT,
            description = "Do not look at the certificate of this registry; may be repeated.")
    private List<String> insecureHosts = List.of();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Believe certificates of the authorities in this file (PEM), too.")
    private Optional<Path> authorities = Optional.empty();

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Show registries that ask for one this certificate (PEM).")
    private Optional<Path> certificate = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The key of --cert (PKCS#8 in PEM), if it is not in the same file.")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "Go through this proxy; HTTPS_PROXY, ALL_PROXY and NO_PROXY count if it is not said.")
    private Optional<HttpProxy> proxy = Optional.empty();

    @Option(
            names = "--auth-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Take logins from this file only, and keep them there; it is like Docker's config.json.")
    private Optional<Path> authFile = Optional.empty();

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "4",
            scope = ScopeType.INHERIT,
            description = "Repeat requests that failed up to N times, with pauses that grow (${DEFAULT-VALUE}).")
    private int retries;

    Optional<Path> authFile() {
        return authFile;
    }

    private CredentialSource credentials() {
        return authFile.map(file -> DockerConfig.of(List.of(file))).orElseGet(DockerConfig::ofUser);
    }

    /** A client that shows the registry what is kept for it. */
    RegistryClient client(String host, WarningListener warnings) throws IOException {
        return client(host, warnings, credentials());
    }

    RegistryClient client(String host, WarningListener warnings, CredentialSource credentials) throws IOException {
        RegistryClient.Builder builder = builder(host)
                .credentials(credentials)
                .chunkBytes(CHUNK_BYTES)
                .retries(new RetryPolicy(Math.max(0, retries) + 1, FIRST_DELAY, LONGEST_DELAY, BUDGET))
                .warnings(warnings);
        plainHosts.forEach(builder::plain);
        insecureHosts.forEach(builder::insecure);
        if (authorities.isPresent()) {
            builder.trust(authorities.get());
        }
        if (key.isPresent() && certificate.isEmpty()) {
            throw new UsageException("--key needs --cert");
        }
        if (certificate.isPresent()) {
            builder.identity(ClientIdentity.of(certificate.get(), key.orElse(certificate.get())));
        }
        if (isEncrypted(host)) {
            builder.encrypted();
        }
        proxy.or(ConnectionOptions::usualProxy).ifPresent(builder::proxy);
        return builder.build();
    }

    private static RegistryClient.Builder builder(String host) {
        try {
            return RegistryClient.builder(host);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** This machine is asked without TLS unless something is said that needs it. */
    private boolean isEncrypted(String host) {
        boolean isMeant = authorities.isPresent() || certificate.isPresent() || insecureHosts.contains(host);
        return isMeant && !plainHosts.contains(host);
    }

    private static Optional<HttpProxy> usualProxy() {
        try {
            return HttpProxy.ofEnvironment(System.getenv());
        } catch (IllegalArgumentException e) {
            throw new UsageException("in the environment: " + e.getMessage());
        }
    }
}
