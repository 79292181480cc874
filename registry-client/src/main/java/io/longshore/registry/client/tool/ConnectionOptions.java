package io.longshore.registry.client.tool;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.auth.CredentialSource;
import io.longshore.registry.client.auth.DockerConfig;
import io.longshore.registry.client.http.RetryPolicy;
import io.longshore.registry.client.http.WarningListener;
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
    /** Held in memory for each blob that is sent at the same time. */
    private static final int CHUNK_BYTES = 4 << 20;

    @Option(
            names = "--plain-http",
            scope = ScopeType.INHERIT,
            description = "Speak to the registries that are named without TLS, as is done to this machine.")
    private boolean plainHttp;

    @Option(
            names = "--auth-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Take logins from this file only, and keep them there; it is like Docker's config.json.")
    private Path authFile;

    @Option(
            names = "--retries",
            paramLabel = "N",
            defaultValue = "4",
            scope = ScopeType.INHERIT,
            description = "Repeat requests that failed up to N times, with pauses that grow (${DEFAULT-VALUE}).")
    private int retries;

    Optional<Path> authFile() {
        return Optional.ofNullable(authFile);
    }

    private CredentialSource credentials() {
        return authFile().map(file -> DockerConfig.of(List.of(file))).orElseGet(DockerConfig::ofUser);
    }

    /** A client that shows the registry what is kept for it. */
    RegistryClient client(String host, WarningListener warnings) {
        return client(host, warnings, credentials());
    }

    RegistryClient client(String host, WarningListener warnings, CredentialSource credentials) {
        RegistryClient.Builder builder = RegistryClient.builder(host)
                .credentials(credentials)
                .chunkBytes(CHUNK_BYTES)
                .retries(new RetryPolicy(Math.max(0, retries) + 1, FIRST_DELAY, LONGEST_DELAY, BUDGET))
                .warnings(warnings);
        return (plainHttp ? builder.plain(host) : builder).build();
    }
}
