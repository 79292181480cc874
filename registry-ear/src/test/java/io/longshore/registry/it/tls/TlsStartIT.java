package io.longshore.registry.it.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files with which the registry cannot begin: it says so, leaves nothing behind and ends with status 1. */
class TlsStartIT {
    private static final int PATIENCE_SECONDS = 120;

    private final TestAuthority authority = TestAuthority.create("authority");

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void write() {
        authority.issue("registry").writeTo(folder);
        certificate = folder.resolve(TestIdentity.CERTIFICATE);
        key = folder.resolve(TestIdentity.KEY);
    }

    private void expect(String message) throws IOException, InterruptedException {
        expect(message, Map.of());
    }

    private void expect(String message, Map<String, String> settings) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        ProcessBuilder builder =
                new ProcessBuilder(RegistryServer.INSTALLATION.resolve("bin/registry").toAbsolutePath().toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("REGISTRY_"));
        builder.environment().putAll(TestIdentity.environment(folder));
        builder.environment().put("REGISTRY_DATA", data.toString());
        builder.environment().put("REGISTRY_HTTP_ADDR", "127.0.0.1:0");
        builder.environment().putAll(settings);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(output).isEqualTo("Longshore cannot start: " + message + "\n");
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(data).doesNotExist();
    }

    @Test
    void saysThatThereIsNoCertificate() throws Exception {
        Files.delete(certificate);

        expect("http.tls cannot be used: there is no file " + certificate);
    }

    @Test
    void saysThatThereIsNoKey() throws Exception {
        Files.delete(key);

        expect("http.tls cannot be used: there is no file " + key);
    }

    @Test
    void saysThatTheTwoDoNotBelongTogether() throws Exception {
        TestIdentity.write(key, authority.issue("other").pkcs8());

        expect("http.tls cannot be used: the key in " + key + " does not belong to the first certificate in "
                + certificate);
    }

    @Test
    void saysThatTheCertificateHasExpired() throws Exception {
        Instant end = Instant.parse("2024-02-29T12:00:00Z");
        authority.issue("registry", TestAuthority.ecKeys(), end.minus(Duration.ofDays(1)), end).writeTo(folder);

        expect("http.tls cannot be used: the certificate in " + certificate + " expired at 2024-02-29T12:00:00Z");
    }

    @Test
    void saysThatAnAuthorityIsMissing() throws Exception {
        Path none = folder.resolve("none.crt");

        expect("http.tls cannot be used: there is no file " + none,
                Map.of("REGISTRY_HTTP_TLS_CLIENTCAS", none.toString()));
    }

    @Test
    void saysThatKeyAndCertificateGoTogether() throws Exception {
        expect("the configuration has errors\nhttp.tls.certificate (REGISTRY_HTTP_TLS_CERTIFICATE): expected"
                + " http.tls.key to be set too", Map.of("REGISTRY_HTTP_TLS_KEY", ""));
    }
}
