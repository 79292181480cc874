package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.cut;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.redirect;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.http.TestServer;
import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobPullTest {
    private static final byte[] CONTENT = TestRegistry.bytes(100_000);
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, CONTENT);
    private static final String GET = "GET /v2/a/b/blobs/" + DIGEST;

    private final TestRegistry registry = new TestRegistry();
    private final Semaphore read = new Semaphore(0);

    @AfterEach
    void stop() {
        read.release(10);
        registry.close();
    }

    @ParameterizedTest
    @EnumSource
    void readsABlob(DigestAlgorithm algorithm) throws IOException {
        registry.server().then(body(200, CONTENT));

        assertThat(pull(Digest.of(algorithm, CONTENT))).isEqualTo(CONTENT);
    }

    @Test
    void readsAnEmptyBlob() throws IOException {
        registry.server().then(status(200));

        assertThat(pull(Digest.of(DigestAlgorithm.SHA256, new byte[0]))).isEmpty();
    }

    @Test
    void readsABlobByteByByte() throws IOException {
        registry.server().then(body(200, TestRegistry.utf8("\u00FFz")));
        try (InputStream stream = registry.repository().blobs().pull(
                Digest.of(DigestAlgorithm.SHA256, TestRegistry.utf8("\u00FFz")))) {
            assertThat(List.of(stream.read(), stream.read(), stream.read(), stream.read(), stream.read()))
                    .containsExactly(0xC3, 0xBF, (int) 'z', -1, -1);
        }
    }

    @Test
    void readsABlobOfUnknownLength() throws IOException {
        registry.server().then(chunked(CONTENT));

        assertThat(pull(DIGEST)).isEqualTo(CONTENT);
    }

    @Test
    void followsToTheStorage() throws IOException {
        try (TestServer storage = new TestServer(body(200, CONTENT))) {
            registry.server().then(redirect(307, storage.uri("/signed?x=y")));

            assertThat(pull(DIGEST)).isEqualTo(CONTENT);
        }
    }

    @Test
    void goesOnWhereTheConnectionWasCut() throws IOException {
        registry.server().then(
                cutOnceRead(200, 0, 40_000),
                cutOnceRead(206, 40_000, 70_000).with("Content-Range", "bytes 40000-99999/100000"),
                part(70_000, "bytes 70000-99999/*"));

        assertThat(pull(DIGEST, 40_000, 30_000)).isEqualTo(CONTENT);
        assertThat(registry.asked()).containsExactly(GET, GET, GET);
        assertThat(registry.server().seen()).extracting(seen -> seen.header("Range"))
                .containsExactly(null, "bytes=40000-", "bytes=70000-");
    }

    @Test
    void skipsWhatItHasWhereThereAreNoRanges() throws IOException {
        registry.server().then(
                cutOnceRead(200, 0, 40_000),
                cut(200, Arrays.copyOf(CONTENT, 30_000), CONTENT.length),
                body(200, CONTENT));

        assertThat(pull(DIGEST, 40_000)).isEqualTo(CONTENT);
        assertThat(registry.server().seen().get(2).header("Range")).isEqualTo("bytes=40000-");
    }

    @Test
    void givesUpIfNothingMoreComes() {
        registry.server().then(cutOnceRead(200, 0, 40_000));
        // More than are asked for: what is cut this early, the HTTP client may not have seen begin, and it is asked again.
        for (int i = 0; i < 50; i++) {
            registry.server().then(cut(206, new byte[0], 60_000).with("Content-Range", "bytes 40000-99999/100000"));
        }

        assertThatIOException()
                .isThrownBy(() -> pull(DIGEST, 40_000))
                .withMessageContaining("cut off after 40000 bytes");
        assertThat(registry.asked()).hasSizeBetween(5, 30);
        assertThat(registry.waits()).isEqualTo(registry.asked().size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "bytes 0-99999/100000", "bytes 39999-99999/100000", "bytes 40000-99999/100001", "40000-99999", ""
    })
    void refusesAnotherRangeThanItAskedFor(String range) {
        registry.server().then(
                cutOnceRead(200, 0, 40_000), part(40_000, range));

        assertThatIOException().isThrownBy(() -> pull(DIGEST, 40_000)).withMessageContaining("another range");
    }

    @Test
    void refusesABlobThatChangedItsSize() {
        registry.server().then(
                cutOnceRead(200, 0, 40_000), body(200, new byte[99_999]));

        assertThatIOException()
                .isThrownBy(() -> pull(DIGEST, 40_000))
                .withMessageContaining("99999 bytes in place of 100000");
    }

    @Test
    void saysThatABlobWentAwayMeanwhile() {
        registry.server().then(
                cutOnceRead(200, 0, 40_000), error(404, "BLOB_UNKNOWN", "deleted"));

        assertThatIOException()
                .isThrownBy(() -> pull(DIGEST, 40_000))
                .withMessageContaining("cut off after 40000 bytes: deleted");
    }

    @Test
    void keepsBackTheLastBytesOfWrongContent() throws IOException {
        byte[] wrong = CONTENT.clone();
        wrong[5]++;
        registry.server().then(body(200, wrong));
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try (InputStream stream = registry.repository().blobs().pull(DIGEST)) {
            assertThatIOException()
                    .isThrownBy(() -> stream.transferTo(got))
                    .withMessageContaining("in place of " + DIGEST);
            assertThat(got.size()).isLessThan(CONTENT.length);
            assertThatIOException().isThrownBy(stream::read).withMessageContaining("in place of " + DIGEST);
        }
    }

    @Test
    void refusesWrongContentOfUnknownLength() {
        registry.server().then(chunked(Arrays.copyOf(CONTENT, 99_999)));

        assertThatIOException().isThrownBy(() -> pull(DIGEST)).withMessageContaining("in place of " + DIGEST);
    }

    @Test
    void doesNotBeginWithContentOfAnotherSize() {
        registry.server().then(body(200, CONTENT));

        assertThatIOException()
                .isThrownBy(() -> registry.repository().blobs().pull(descriptor(99_999)))
                .withMessageContaining("100000 bytes in place of 99999");
    }

    @Test
    void stopsAtMoreThanItShouldGet() throws IOException {
        registry.server().then(chunked(CONTENT));
        try (InputStream stream = registry.repository().blobs().pull(descriptor(99_999))) {
            assertThatIOException().isThrownBy(stream::readAllBytes);
        }
    }

    @Test
    void readsABlobThatIsDescribed() throws IOException {
        registry.server().then(body(200, CONTENT));
        try (InputStream stream = registry.repository().blobs().pull(descriptor(CONTENT.length))) {
            assertThat(stream.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void findsNoBlobThatIsNotThere() {
        registry.server().then(error(404, "BLOB_UNKNOWN", "none"));

        assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(() -> pull(DIGEST));
    }

    @Test
    void readsNothingFromAClosedStream() throws IOException {
        registry.server().then(body(200, CONTENT));
        InputStream stream = registry.repository().blobs().pull(DIGEST);
        stream.close();

        assertThatIOException().isThrownBy(stream::read).withMessageContaining("closed");
        assertThat(registry.asked()).hasSize(1);
    }

    @Test
    void refusesTheHeadOfAnotherBlob() {
        registry.server().then(status(200)
                .with("Content-Length", "3")
                .with("Docker-Content-Digest", Digest.of(DigestAlgorithm.SHA256, new byte[0]).toString()));

        assertThatIOException()
                .isThrownBy(() -> registry.repository().blobs().head(DIGEST))
                .withMessageContaining(" in place of " + DIGEST);
    }

    @Test
    void knowsTheSizeOfABlob() throws IOException {
        registry.server().then(status(200).with("Content-Length", "5000000000"), status(404), status(403));
        Blobs blobs = registry.repository().blobs();

        assertThat(blobs.head(DIGEST)).hasValue(5_000_000_000L);
        assertThat(blobs.head(DIGEST)).isEmpty();
        assertThatExceptionOfType(RegistryException.Denied.class).isThrownBy(() -> blobs.head(DIGEST));
        assertThat(registry.asked().get(0)).isEqualTo("HEAD /v2/a/b/blobs/" + DIGEST);
    }

    /** Reads all of it, and says so after each of the parts that are cut off behind. */
    private byte[] pull(Digest digest, int... parts) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try (InputStream stream = registry.repository().blobs().pull(digest)) {
            for (int part : parts) {
                got.write(stream.readNBytes(part));
                read.release();
            }
            stream.transferTo(got);
        }
        return got.toByteArray();
    }

    /** Cuts the connection when these bytes have been read: the HTTP client loses what it holds when that happens. */
    private Reply cutOnceRead(int status, int from, int to) {
        return (exchange, seen) -> {
            cut(status, Arrays.copyOfRange(CONTENT, from, to), CONTENT.length - from).send(exchange, seen);
            read.acquireUninterruptibly();
        };
    }

    private static Descriptor descriptor(long sizeBytes) {
        return new Descriptor("x/y", DIGEST, sizeBytes, List.of(), Map.of(), Optional.empty(), Optional.empty());
    }

    private static Reply part(int from, String range) {
        return body(206, Arrays.copyOfRange(CONTENT, from, CONTENT.length)).with("Content-Range", range);
    }

    private static Reply chunked(byte[] content) {
        return (exchange, seen) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(content);
            exchange.getResponseBody().close();
        };
    }
}
