package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.hangUp;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.http.TestServer;
import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.client.http.TestServer.Seen;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chunks are of ten bytes here. */
class BlobPushTest {
    private static final String TEXT = "0123456789abcdefghijKLM";
    private static final byte[] CONTENT = TestRegistry.utf8(TEXT);
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, CONTENT);
    private static final String CLOSING = "digest=sha256%3A" + DIGEST.hex();
    private static final String BEGIN = "POST /v2/a/b/blobs/uploads/";
    private static final Reply STORED = status(201);

    private final TestRegistry registry = new TestRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void storesBytesAtOnce() throws IOException {
        registry.server().then(status(202).with("Location", "/up?state=x%2Fy"), STORED);

        assertThat(blobs().push(CONTENT)).isEqualTo(new StoredBlob(DIGEST, 23));
        assertThat(registry.asked()).containsExactly(BEGIN, "PUT /up?state=x%2Fy&" + CLOSING);
        assertThat(registry.server().seen().get(1).text()).isEqualTo(TEXT);
        assertThat(registry.server().seen().get(1).header("Content-Type")).isEqualTo("application/octet-stream");
    }

    @Test
    void takesAnAbsoluteLocationOnAnotherHost() throws IOException {
        try (TestServer storage = new TestServer(STORED)) {
            registry.server().then(status(202).with("Location", storage.uri("/up").toString()));

            blobs().push(CONTENT);

            assertThat(storage.asked()).containsExactly("PUT /up?" + CLOSING);
        }
    }

    @Test
    void storesAStreamChunkByChunk() throws IOException {
        registry.server().then(
                begun(), appended("/up/1?s=1", "0-9"), appended("/up/2", "bytes=0-19"), appended("/up/3?s=3", "0-22"),
                STORED.with("Docker-Content-Digest", DIGEST.toString()));

        assertThat(blobs().push(new ByteArrayInputStream(CONTENT))).isEqualTo(new StoredBlob(DIGEST, 23));
        assertThat(registry.asked()).containsExactly(
                BEGIN, "PATCH /up/0", "PATCH /up/1?s=1", "PATCH /up/2", "PUT /up/3?s=3&" + CLOSING);
        assertThat(registry.server().seen()).extracting(Seen::text)
                .containsExactly("", "0123456789", "abcdefghij", "KLM", "");
        assertThat(registry.server().seen()).extracting(seen -> seen.header("Content-Range"))
                .containsExactly(null, "0-9", "10-19", "20-22", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short"})
    void storesAShortStreamAtOnce(String text) throws IOException {
        registry.server().then(begun(), STORED);

        StoredBlob blob = blobs().push(new ByteArrayInputStream(TestRegistry.utf8(text)));

        assertThat(blob).isEqualTo(
                new StoredBlob(Digest.of(DigestAlgorithm.SHA256, TestRegistry.utf8(text)), text.length()));
        assertThat(registry.asked()).hasSize(2);
        assertThat(registry.server().seen().get(1).text()).isEqualTo(text);
    }

    @Test
    void endsAtTheEndOfAChunk() throws IOException {
        registry.server().then(begun(), appended("/up/1", "0-9"), STORED);

        assertThat(blobs().push(new ByteArrayInputStream(CONTENT, 0, 10)).sizeBytes()).isEqualTo(10);
        assertThat(registry.asked()).hasSize(3);
    }

    @Test
    void sendsChunksThatAreLongEnough() throws IOException {
        registry.server().then(begun().with("OCI-Chunk-Min-Length", "15"), appended("/up/1", "0-14"),
                appended("/up/2", "0-22"), STORED);

        blobs().push(new ByteArrayInputStream(CONTENT));

        assertThat(registry.server().seen()).extracting(Seen::text)
                .containsExactly("", "0123456789abcde", "fghijKLM", "");
    }

    @Test
    void sendsOnWhatWasNotTaken() throws IOException {
        registry.server().then(
                begun(), appended("/up/1", "0-9"), hangUp(),
                status(204).with("Range", "0-13").with("Location", "/up/x"),
                appended("/up/2", "0-19"), appended("/up/3", "0-22"), STORED);

        assertThat(blobs().push(new ByteArrayInputStream(CONTENT)).digest()).isEqualTo(DIGEST);
        assertThat(registry.asked()).containsExactly(
                BEGIN, "PATCH /up/0", "PATCH /up/1", "GET /up/1", "PATCH /up/x", "PATCH /up/2", "PUT /up/3?" + CLOSING);
        assertThat(registry.server().seen().get(4).text()).isEqualTo("efghij");
        assertThat(registry.server().seen().get(4).header("Content-Range")).isEqualTo("14-19");
    }

    @ParameterizedTest
    @ValueSource(ints = {416, 429, 500, 503})
    void findsOutHowFarARefusedChunkGot(int status) throws IOException {
        registry.server().then(
                begun(), appended("/up/1", "0-9"), status(status), status(204).with("Range", "0-19"),
                appended("/up/3", "0-22"), STORED);

        assertThat(blobs().push(new ByteArrayInputStream(CONTENT)).digest()).isEqualTo(DIGEST);
        assertThat(registry.asked()).contains("GET /up/1");
        assertThat(registry.server().seen().get(4).text()).isEqualTo("KLM");
    }

    @Test
    void sendsOnWhatIsAcknowledgedInPart() throws IOException {
        registry.server().then(
                begun(), appended("/up/1", "0-4"), status(204).with("Range", "0-4"), appended("/up/2", "0-9"), STORED);

        blobs().push(new ByteArrayInputStream(CONTENT, 0, 10));

        assertThat(registry.server().seen().get(3).text()).isEqualTo("56789");
    }

    @Test
    void beginsAnewWhereNothingOrOneByteMayHaveCome() throws IOException {
        registry.server().then(
                begun(), hangUp(), status(204).with("Range", "0-0"), status(204),
                status(202).with("Location", "/again"), appended("/again/1", "0-9"), STORED);

        blobs().push(new ByteArrayInputStream(CONTENT, 0, 10));

        assertThat(registry.asked()).startsWith(
                BEGIN, "PATCH /up/0", "GET /up/0", "DELETE /up/0", BEGIN, "PATCH /again");
        assertThat(registry.server().seen().get(5).text()).isEqualTo("0123456789");
    }

    @Test
    void cannotGoOnWhereAcknowledgedBytesAreLost() {
        registry.server().then(
                begun(), appended("/up/1", "0-9"), hangUp(), status(204).with("Range", "0-4"), status(204));

        assertThatIOException()
                .isThrownBy(() -> blobs().push(new ByteArrayInputStream(CONTENT)))
                .withMessageContaining("has 5 bytes in place of 10 to 20");
        assertThat(registry.asked()).endsWith("DELETE /up/1");
    }

    @Test
    void givesUpAChunkThatNeverComesThrough() {
        registry.server().then(begun(), appended("/up/1", "0-9"));
        for (int i = 0; i < 5; i++) {
            registry.server().then(status(503), status(204).with("Range", "0-9"));
        }

        assertThatIOException()
                .isThrownBy(() -> blobs().push(new ByteArrayInputStream(CONTENT)))
                .withMessageEndingWith("/up/1: 503");
        assertThat(registry.waits()).isEqualTo(4);
        assertThat(registry.asked()).endsWith("DELETE /up/1");
    }

    @Test
    void cancelsTheUploadOfAStreamThatFails() {
        IOException fault = new IOException("the disk is gone");
        InputStream broken = new SequenceInputStream(new ByteArrayInputStream(CONTENT, 0, 10), new InputStream() {
            @Override
            public int read() throws IOException {
                throw fault;
            }
        });
        registry.server().then(begun(), appended("/up/1", "0-9"), status(204));

        assertThatIOException().isThrownBy(() -> blobs().push(broken)).isSameAs(fault);
        assertThat(registry.asked()).endsWith("DELETE /up/1");
    }

    @Test
    void storesNothingOfAnotherDigest() {
        Digest other = Digest.of(DigestAlgorithm.SHA512, new byte[0]);
        registry.server().then(begun(), appended("/up/1", "0-9"), appended("/up/2", "0-19"), status(204));

        assertThatIOException()
                .isThrownBy(() -> blobs().push(new ByteArrayInputStream(CONTENT), other))
                .withMessageContaining("in place of " + other);
        assertThat(registry.asked()).endsWith("DELETE /up/2").noneMatch(asked -> asked.startsWith("PUT"));
    }

    @Test
    void storesAStreamUnderTheAlgorithmOfItsDigest() throws IOException {
        Digest digest = Digest.of(DigestAlgorithm.SHA512, TestRegistry.utf8("short"));
        registry.server().then(begun(), STORED);

        assertThat(blobs().push(new ByteArrayInputStream(TestRegistry.utf8("short")), digest).digest())
                .isEqualTo(digest);
        assertThat(registry.asked()).endsWith("PUT /up/0?digest=sha512%3A" + digest.hex());
    }

    @Test
    void looksWhetherABlobIsThereWhoseLastReplyWasCut() throws IOException {
        registry.server().then(
                begun(), appended("/up/1", "0-9"), hangUp(), status(200).with("Content-Length", "10"));

        blobs().push(new ByteArrayInputStream(CONTENT, 0, 10));

        assertThat(registry.asked().get(3)).startsWith("HEAD /v2/a/b/blobs/sha256:");
        assertThat(registry.asked()).hasSize(4);
    }

    @Test
    void closesAgainWhatWasNotClosed() throws IOException {
        registry.server().then(begun(), appended("/up/1", "0-9"), status(502), status(404), STORED);

        blobs().push(new ByteArrayInputStream(CONTENT, 0, 10));

        assertThat(registry.asked().get(4)).isEqualTo(registry.asked().get(2));
    }

    @Test
    void sendsBytesIntoAFreshUploadAfterACut() throws IOException {
        registry.server().then(
                begun(), hangUp(), status(404), status(204), status(202).with("Location", "/again"), STORED);

        blobs().push(CONTENT);

        assertThat(registry.asked()).containsExactly(
                BEGIN, "PUT /up/0?" + CLOSING, "HEAD /v2/a/b/blobs/" + DIGEST, "DELETE /up/0", BEGIN,
                "PUT /again?" + CLOSING);
    }

    @ParameterizedTest
    @ValueSource(ints = {202, 303})
    void believesOnlyWhatSaysThatItIsStored(int status) {
        registry.server().then(begun(), status(status), status(204));

        assertThatIOException().isThrownBy(() -> blobs().push(CONTENT)).withMessageEndingWith(": " + status);
    }

    @Test
    void refusesABlobThatIsStoredAsAnother() {
        Digest other = Digest.of(DigestAlgorithm.SHA256, new byte[0]);
        registry.server().then(begun(), STORED.with("Docker-Content-Digest", other.toString()), status(204));

        assertThatIOException()
                .isThrownBy(() -> blobs().push(CONTENT))
                .withMessageContaining(other + " in place of " + DIGEST);
    }

    @Test
    void saysWhyAPushIsRefused() {
        registry.server().then(error(403, "DENIED", "read only"));
        assertThatExceptionOfType(RegistryException.Denied.class).isThrownBy(() -> blobs().push(CONTENT));

        registry.server().then(begun(), error(400, "DIGEST_INVALID", "no"), status(204));
        assertThatExceptionOfType(RegistryException.Invalid.class).isThrownBy(() -> blobs().push(CONTENT));
        assertThat(registry.asked()).endsWith("DELETE /up/0");
    }

    @Test
    void needsALocationToGoOn() {
        registry.server().then(status(202));

        assertThatIOException().isThrownBy(() -> blobs().push(CONTENT)).withMessageContaining("without a Location");
    }

    @Test
    void mountsABlobOfAnotherRepository() throws IOException {
        registry.server().then(status(201).with("Location", "/v2/a/b/blobs/" + DIGEST));

        assertThat(blobs().mount(DIGEST, RepositoryName.parse("c/d"))).isTrue();
        assertThat(registry.asked()).containsExactly(BEGIN + "?mount=sha256%3A" + DIGEST.hex() + "&from=c%2Fd");
    }

    @Test
    void cancelsTheUploadThatIsBegunInPlaceOfAMount() throws IOException {
        registry.server().then(begun(), status(204));

        assertThat(blobs().mount(DIGEST, RepositoryName.parse("c/d"))).isFalse();
        assertThat(registry.asked()).endsWith("DELETE /up/0");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405})
    void doesNotMountWhereThatIsRefused(int status) throws IOException {
        registry.server().then(body(status, "no"));

        assertThat(blobs().mount(DIGEST, RepositoryName.parse("c/d"))).isFalse();
    }

    @Test
    void doesNotMountWhereNoTokenIsGivenOutForIt() throws IOException {
        registry.server().then(
                status(401).with("WWW-Authenticate", "Bearer realm=\"" + registry.server().uri("/token") + "\""),
                status(401));

        assertThat(blobs().mount(DIGEST, RepositoryName.parse("c/d"))).isFalse();
    }

    @Test
    void deletesABlob() throws IOException {
        registry.server().then(status(202), hangUp(), status(404), error(404, "BLOB_UNKNOWN", "none"));

        blobs().delete(DIGEST);
        blobs().delete(DIGEST);
        assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(() -> blobs().delete(DIGEST));
        assertThat(registry.asked()).containsOnly("DELETE /v2/a/b/blobs/" + DIGEST).hasSize(4);
    }

    @Test
    void goesOnWithAFreshTokenInTheMiddleOfAPush() throws IOException {
        Reply unauthorized = status(401).with(
                "WWW-Authenticate", "Bearer realm=\"" + registry.server().uri("/token") + "\"");
        registry.server().then(
                begun(), appended("/up/1", "0-9"), unauthorized, body(200, "{\"token\":\"t\"}"),
                appended("/up/2", "0-19"), appended("/up/3", "0-22"), STORED);

        assertThat(blobs().push(new ByteArrayInputStream(CONTENT)).digest()).isEqualTo(DIGEST);
        List<Seen> seen = registry.server().seen();
        assertThat(seen.get(4).text()).isEqualTo("abcdefghij");
        assertThat(seen.get(4).header("Authorization")).isEqualTo("Bearer t");
        assertThat(registry.asked().get(3)).isEqualTo("GET /token?scope=repository%3Aa%2Fb%3Apull%2Cpush");
    }

    @Test
    void replacesATokenThatExpiresBetweenChunks() throws IOException {
        String challenge = "Bearer realm=\"" + registry.server().uri("/token") + "\"";
        registry.server().then(
                status(401).with("WWW-Authenticate", challenge), body(200, "{\"token\":\"t1\"}"),
                begun(), appended("/up/1", "0-9"),
                status(401).with("WWW-Authenticate", challenge + ",error=\"invalid_token\""),
                body(200, "{\"token\":\"t2\"}"), appended("/up/2", "0-19"), appended("/up/3", "0-22"), STORED);

        assertThat(blobs().push(new ByteArrayInputStream(CONTENT)).digest()).isEqualTo(DIGEST);
        assertThat(registry.server().seen()).extracting(seen -> seen.header("Authorization")).containsExactly(
                null, null, "Bearer t1", "Bearer t1", "Bearer t1", null, "Bearer t2", "Bearer t2", "Bearer t2");
        assertThat(registry.server().seen().get(6).text()).isEqualTo("abcdefghij");
    }

    private Blobs blobs() {
        return registry.repository().blobs();
    }

    private static Reply begun() {
        return status(202).with("Location", "/up/0");
    }

    private static Reply appended(String location, String range) {
        return status(202).with("Location", location).with("Range", range);
    }
}
