package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.http.RetryPolicy;
import io.longshore.registry.client.http.TestCertificates;
import io.longshore.registry.client.http.TestProxy;
import io.longshore.registry.client.http.TestServer;
import io.longshore.registry.client.http.TlsServer;
import io.longshore.registry.client.http.TlsServer.Seen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xnio.SslClientAuthMode;

class ProxyTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final RetryPolicy ONCE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    private static final String HOST = "registry.test";

    private final TestServer plain = new TestServer(status(200));
    private final TlsServer encrypted = new TlsServer(AUTHORITY.server(HOST), SslClientAuthMode.NOT_REQUESTED);
    private final TestProxy open = proxy(Optional.empty());
    private final TestProxy closed = proxy(Optional.of("Basic YWxpY2U6czNjcmV0"));

    @AfterEach
    void stop() {
        plain.close();
        encrypted.close();
        open.close();
        closed.close();
    }

    @Test
    void handsRequestsInTheClearToAProxy() throws IOException {
        RegistryClient.builder(HOST).plain(HOST).proxy(open.settings()).build().ping();

        assertThat(open.asked()).containsExactly("GET http://registry.test/v2/ HTTP/1.1");
        assertThat(plain.asked()).containsExactly("GET /v2/");
    }

    @Test
    void speaksTlsThroughATunnel() throws IOException {
        client().proxy(open.settings()).build().ping();

        assertThat(open.asked()).containsExactly("CONNECT registry.test:443 HTTP/1.1");
        assertThat(encrypted.seen()).extracting(Seen::protocol).containsExactly("HTTP/2.0");
    }

    @Test
    void logsInAtTheProxyAndNowhereElse() throws IOException {
        client().proxy(closed.settings().login("alice", "s3cret")).build().ping();
        RegistryClient.builder(HOST).plain(HOST).proxy(closed.settings().login("alice", "s3cret")).build().ping();

        assertThat(closed.asked()).hasSize(2);
        assertThat(encrypted.seen()).extracting(Seen::hasLogin).containsExactly(false);
        assertThat(plain.asked()).hasSize(1);
    }

    @Test
    void saysThatTheProxyDoesNotLetItIn() {
        for (RegistryClient client : List.of(
                client().proxy(closed.settings().login("alice", "wrong")).build(),
                client().proxy(closed.settings()).build(),
                RegistryClient.builder(HOST).plain(HOST).proxy(closed.settings()).build())) {
            assertThatIOException()
                    .isThrownBy(client::ping)
                    .withMessageContaining("the proxy " + closed.settings() + " wants another login");
        }
        assertThat(closed.asked()).hasSize(3);
        assertThat(encrypted.seen()).isEmpty();
    }

    @Test
    void saysThatTheProxyLeadsNowhere() {
        RegistryClient client = RegistryClient.builder("other.test").proxy(open.settings()).retries(ONCE).build();

        assertThatIOException()
                .isThrownBy(client::ping)
                .withMessageStartingWith("GET https://other.test/v2/: ")
                .withMessageContaining("502");
    }

    @Test
    void asksHostsThatAreLeftOutByItself() {
        RegistryClient client = client().proxy(open.settings().except(List.of("example.com", ".test"))).build();

        // There is no such host but for the proxy.
        assertThatIOException().isThrownBy(client::ping);
        assertThat(open.asked()).isEmpty();
    }

    @Test
    void asksThisMachineByItself() throws IOException {
        RegistryClient.builder(plain.authority()).proxy(open.settings()).build().ping();

        assertThat(open.asked()).isEmpty();
        assertThat(plain.asked()).containsExactly("GET /v2/");
    }

    private static RegistryClient.Builder client() {
        return RegistryClient.builder(HOST).trust(List.of(AUTHORITY.authority())).retries(ONCE);
    }

    private TestProxy proxy(Optional<String> login) {
        return new TestProxy(login)
                .route(HOST, plain.uri("/").getPort())
                .route(HOST + ":443", encrypted.port());
    }
}
