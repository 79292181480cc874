package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.longshore.registry.access.CertificateAuthority;
import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.notification.Answer;
import io.longshore.registry.config.EndpointConfig.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderTlsTest {
    private static final CertificateAuthority AUTHORITY = new CertificateAuthority();

    private final HttpSender sender = new HttpSender(new TargetRules(false, true, List.of()), "1");
    private HttpsServer server;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        CertificateAuthority.Issued certificate =
                AUTHORITY.issue("CN=hook", new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        sender.close();
        server.stop(0);
    }

    private Answer send(String host, Optional<String> authorities) throws Exception {
        URI url = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/hook");
        Route route = new Route(authorities, Optional.empty());
        return sender.send(Endpoints.to(url).route(route).make(), List.of(Events.ping())).get();
    }

    private String pem(CertificateAuthority authority) throws IOException {
        return Files.readString(authority.write(directory.resolve("ca.pem")));
    }

    @Test
    void sendsToAServerWhoseCertificateIsOfAGivenAuthority() throws Exception {
        assertThat(send("127.0.0.1", Optional.of(pem(AUTHORITY))).status()).hasValue(204);
    }

    @Test
    void trustsEachOfSeveralAuthorities() throws Exception {
        String both = pem(new CertificateAuthority()) + "and\n" + pem(AUTHORITY);

        assertThat(send("127.0.0.1", Optional.of(both)).status()).hasValue(204);
    }

    @Test
    void sendsNothingToAServerWhoseCertificateIsOfAnother() throws Exception {
        Answer untold = send("127.0.0.1", Optional.empty());
        Answer other = send("127.0.0.1", Optional.of(pem(new CertificateAuthority())));

        assertThat(untold.status()).isEmpty();
        assertThat(untold.detail())
                .isEqualTo("TLS failed: unable to find valid certification path to requested target");
        assertThat(other.status()).isEmpty();
        assertThat(other.detail()).startsWith("TLS failed: ");
    }

    @Test
    void sendsNothingToAServerOfAnotherName() throws Exception {
        Answer answer = send("localhost", Optional.of(pem(AUTHORITY)));

        assertThat(answer.status()).isEmpty();
        assertThat(answer.detail()).startsWith("TLS failed: ").contains("localhost");
    }

    @Test
    void saysThatAServerDoesNotSpeakTls() throws Exception {
        try (RawServer plain = new RawServer((me, connection) -> {
            RawServer.write(connection, "HTTP/1.1 400 Bad Request\r\n\r\n");
            me.awaitEnd(connection);
        })) {
            Answer answer = sender.send(Endpoints.to(plain.url("https")).make(), List.of(Events.ping())).get();

            assertThat(answer.status()).isEmpty();
            assertThat(answer.detail()).startsWith("TLS failed: ");
            assertThat(plain.seesAnEnd()).isTrue();
        }
    }

    @Test
    void checksTheCertificateOfAnAddressOfIpv6() throws Exception {
        HttpsServer other = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("::1"), 0), 0);
        try {
            other.setHttpsConfigurator(new HttpsConfigurator(
                    AUTHORITY.issue("CN=hook", new GeneralName(GeneralName.iPAddress, "::1")).serverContext()));
            other.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
            other.start();
            URI url = URI.create("https://[::1]:" + other.getAddress().getPort() + "/");
            Route route = new Route(Optional.of(pem(AUTHORITY)), Optional.empty());

            Answer answer = sender.send(Endpoints.to(url).route(route).make(), List.of(Events.ping())).get();

            assertThat(answer.status()).hasValue(204);
        } finally {
            other.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\n*\n-----END CERTIFICATE-----"
    })
    void takesCertificatesAsAuthoritiesOnly(String pem) throws Exception {
        assertThatThrownBy(() -> TrustedAuthorities.check(pem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected certificates in PEM");
        assertThat(send("127.0.0.1", Optional.of(pem)).detail()).isEqualTo("expected certificates in PEM");
    }
}
