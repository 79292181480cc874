package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.auth.Credentials;
import io.longshore.registry.client.http.TestProxy;
import io.longshore.registry.client.http.TestServer;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import java.io.IOException;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A registry of the internet, to which a proxy leads, and another server that should not be asked because it says so. */
class FencedRegistryTest {
    private static final String HOST = "registry.test";
    private static final Digest DIGEST = Digest.parse("sha256:" + "0".repeat(64));

    private final TestServer registry = new TestServer();
    private final TestServer inner = new TestServer();
    private final TestProxy proxy = new TestProxy(Optional.empty())
            .route(HOST, registry.uri("/").getPort())
            .route("10.0.0.1", inner.uri("/").getPort());

    @AfterEach
    void stop() {
        registry.close();
        inner.close();
        proxy.close();
    }

    @Test
    void isNotRedirectedInside() {
        registry.then(status(307).with("Location", "https://10.0.0.1/secrets"));

        assertRefused(() -> client().build().ping());
    }

    @Test
    void uploadsNothingInside() {
        registry.then(status(202).with("Location", "https://10.0.0.1/up"));

        assertRefused(() -> blobs(client()).push(new byte[] {1}));
    }

    @Test
    void asksForNoTokensInside() {
        registry.then(status(401).with("WWW-Authenticate", "Bearer realm=\"https://10.0.0.1/token\""));

        assertRefused(() -> client()
                .credentials(host -> Optional.of(Credentials.password("alice", "s3cret")))
                .build()
                .ping());
    }

    @Test
    void goesWhereItIsAllowedTo() throws IOException {
        registry.then(status(307).with("Location", "http://10.0.0.1/blob"));
        inner.then(status(200).with("Content-Length", "1"));

        assertThat(blobs(client().plain("10.0.0.1").allow("10.0.0.1")).head(DIGEST)).hasValue(1);
    }

    private void assertRefused(ThrowingCallable call) {
        assertThatIOException()
                .isThrownBy(call)
                .withMessageContaining("registry.test leads to 10.0.0.1, which is in an inner network");
        assertThat(inner.asked()).isEmpty();
    }

    private static Blobs blobs(RegistryClient.Builder client) {
        return client.build().repository(RepositoryName.parse("a/b")).blobs();
    }

    private RegistryClient.Builder client() {
        return RegistryClient.builder(HOST).plain(HOST).proxy(proxy.settings());
    }
}
