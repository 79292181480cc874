package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a registry leads that means no good, or knows no better. */
@Timeout(60)
class LocationTest {
    private static final byte[] CONTENT = TestRegistry.utf8("abc");
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, CONTENT);

    private final TestRegistry registry = new TestRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    private Blobs blobs() {
        return registry.repository().blobs();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "file:///etc/passwd", "ftp://127.0.0.1/x", "jar:http://127.0.0.1/x!/", "http://127.0.0.1:99999/",
        "http://[::1", "http:///x", "http://", "mailto:a", "//", "http://a_b/x", "?%", "http://127.0.0.1:0/",
        "http://127.0.0.1:-1/"
    })
    void followsNobodyToWhereThereIsNoRegistry(String location) {
        registry.server().then(status(202).with("Location", location), status(307).with("Location", location));

        assertThatIOException().isThrownBy(() -> blobs().push(CONTENT));
        assertThatIOException().isThrownBy(() -> {
            try (InputStream in = blobs().pull(DIGEST)) {
                in.readAllBytes();
            }
        });
    }

    @Test
    void showsNobodyWhatAUrlThatIsNoneHoldsInItsQuery() {
        registry.server().then(status(202).with("Location", "/up/%?state=s3cret"));

        assertThatIOException().isThrownBy(() -> blobs().push(CONTENT))
                .withMessageContaining("the Location is no URL").withNoCause()
                .satisfies(e -> assertThat(e).hasMessageNotContaining("s3cret"));
    }

    @Test
    void closesAnUploadWhoseLocationHasAFragment() throws Exception {
        registry.server().then(status(202).with("Location", "/up/0?s=1#here"), status(201));

        blobs().push(CONTENT);

        assertThat(registry.server().asked())
                .endsWith("PUT /up/0?s=1&digest=sha256%3A" + DIGEST.hex());
    }
}
