package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.deaf;
import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.stall;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.http.Patience;
import io.longshore.registry.client.http.RetryPolicy;
import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.client.http.TestServer.Unread;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that are silent, and servers that are slow. */
class StallTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONGER = Duration.ofSeconds(1);
    /** More than the buffers of both ends hold. */
    private static final int LARGE = 24 << 20;

    private static final byte[] CONTENT = TestRegistry.bytes(100_000);
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, CONTENT);

    private final TestRegistry registry = new TestRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void readsOnElsewhereWhereABlobStalls() throws IOException {
        registry.server().then(
                stall(200, Arrays.copyOf(CONTENT, 50_000), CONTENT.length),
                body(206, Arrays.copyOfRange(CONTENT, 50_000, CONTENT.length))
                        .with("Content-Range", "bytes 50000-99999/100000"));

        try (InputStream blob = blobs(SHORT).pull(DIGEST)) {
            assertThat(blob.readAllBytes()).isEqualTo(CONTENT);
        }
        assertThat(registry.server().seen().get(1).header("Range")).isEqualTo("bytes=50000-");
    }

    @Test
    void givesUpABlobThatStallsEachTime() throws IOException {
        registry.server().then(stall(200, new byte[0], CONTENT.length));
        for (int i = 0; i < 4; i++) {
            registry.server().then(stall(200, new byte[0], CONTENT.length));
        }

        try (InputStream blob = blobs(Duration.ofMillis(50)).pull(DIGEST)) {
            assertThatIOException()
                    .isThrownBy(blob::readAllBytes)
                    .withMessageContaining("cut off after 0 bytes")
                    .withStackTraceContaining(HttpTimeoutException.class.getName());
        }
        assertThat(registry.asked()).hasSize(5);
    }

    @Test
    void readsASlowBlobForAsLongAsItTakes() throws IOException {
        Semaphore read = new Semaphore(1);
        long end = System.nanoTime() + 2 * LONGER.toNanos();
        registry.server().then((exchange, seen) -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (System.nanoTime() < end) {
                    read.acquireUninterruptibly();
                    out.write('x');
                    out.flush();
                }
            }
        });

        try (InputStream blob = blobs(LONGER).pull(DIGEST)) {
            assertThatIOException()
                    .isThrownBy(() -> {
                        while (blob.read() == 'x') {
                            read.release();
                        }
                    })
                    .withMessageContaining("in place of " + DIGEST);
        }
        assertThat(System.nanoTime()).isGreaterThan(end);
        assertThat(registry.asked()).hasSize(1);
    }

    @Test
    void sendsAChunkAgainThatIsNotRead() throws IOException {
        byte[] content = TestRegistry.bytes(LARGE);
        registry.server().then(
                begun(), deaf(), status(204).with("Range", "0-999999"), appended(LARGE), status(201));

        StoredBlob blob = blobs(SHORT).push(new ByteArrayInputStream(content));

        assertThat(blob.digest()).isEqualTo(Digest.of(DigestAlgorithm.SHA256, content));
        assertThat(registry.server().seen().get(3).header("Content-Range")).isEqualTo("1000000-" + (LARGE - 1));
        assertThat(registry.server().seen().get(3).body())
                .isEqualTo(Arrays.copyOfRange(content, 1_000_000, content.length));
    }

    @Test
    void sendsAChunkForAsLongAsItTakes() throws IOException {
        byte[] content = TestRegistry.bytes(LARGE);
        long pause = 3 * LONGER.toNanos() / (LARGE >> 16);
        long begin = System.nanoTime();
        Unread slow = (exchange, seen) -> {
            InputStream in = exchange.getRequestBody();
            while (in.readNBytes(1 << 16).length > 0) {
                LockSupport.parkNanos(pause);
            }
            appended(LARGE).send(exchange, seen);
        };
        registry.server().then(begun(), slow, status(201));

        blobs(LONGER).push(new ByteArrayInputStream(content));

        assertThat(System.nanoTime() - begin).isGreaterThan(2 * LONGER.toNanos());
        assertThat(registry.asked()).hasSize(3);
    }

    @Test
    void waitsForContentThatIsReadSlowly() throws IOException {
        byte[] content = TestRegistry.bytes(LARGE);
        Descriptor blob = Descriptor.of(
                MediaTypes.OCTET_STREAM, Digest.of(DigestAlgorithm.SHA256, content), content.length);
        InputStream rest = new FilterInputStream(new ByteArrayInputStream(content, LARGE / 2, LARGE / 2)) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (available() == LARGE / 2) {
                    LockSupport.parkNanos(3 * SHORT.toNanos());
                }
                return super.read(bytes, offset, length);
            }
        };
        registry.server().then(begun(), status(201));

        blobs(SHORT).push(
                blob, () -> new SequenceInputStream(new ByteArrayInputStream(content, 0, LARGE / 2), rest));

        assertThat(registry.asked()).hasSize(2);
        assertThat(registry.server().seen().get(1).body()).isEqualTo(content);
    }

    @Test
    void waitsForAReplyLongerThanForTheNextByte() throws IOException {
        Unread late = (exchange, seen) -> {
            exchange.getRequestBody().readAllBytes();
            LockSupport.parkNanos(3 * SHORT.toNanos());
            status(201).send(exchange, seen);
        };
        registry.server().then(begun(), late);

        blobs(SHORT).push(CONTENT);

        assertThat(registry.asked()).hasSize(2);
    }

    @Test
    void doesNotWaitForAReplyForEver() {
        registry.server().then(deaf(), deaf());
        RegistryClient client = registry.builder()
                .patience(new Patience(LONGER, SHORT, LONGER))
                .retries(new RetryPolicy(2, SHORT, SHORT, LONGER))
                .build();

        assertThatIOException().isThrownBy(client::ping).withMessageContaining("no answer for ");
        assertThat(registry.asked()).hasSize(2);
    }

    private Blobs blobs(Duration idle) {
        return registry.builder()
                .patience(Patience.DEFAULT.withIdle(idle))
                .chunkBytes(LARGE)
                .build()
                .repository(RepositoryName.parse("a/b"))
                .blobs();
    }

    private static Reply begun() {
        return status(202).with("Location", "/up/0");
    }

    private static Reply appended(int bytes) {
        return status(202).with("Location", "/up/1").with("Range", "0-" + (bytes - 1));
    }
}
