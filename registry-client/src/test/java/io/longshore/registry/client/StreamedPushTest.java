package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.hangUp;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.http.Content;
import io.longshore.registry.client.http.TestServer;
import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pushes of content whose size and digest are known. */
class StreamedPushTest {
    private static final String TEXT = "0123456789abcdefghijKLM";
    private static final byte[] CONTENT = TestRegistry.utf8(TEXT);
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, CONTENT);
    private static final Descriptor BLOB = Descriptor.of(MediaTypes.OCTET_STREAM, DIGEST, CONTENT.length);
    private static final String CLOSING = "digest=sha256%3A" + DIGEST.hex();
    private static final String BEGIN = "POST /v2/a/b/blobs/uploads/";
    private static final String HEAD = "HEAD /v2/a/b/blobs/" + DIGEST;
    private static final Reply STORED = status(201);
    private static final Reply BEGUN = status(202).with("Location", "/up/0?s=1");

    private final TestRegistry registry = new TestRegistry();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @AfterEach
    void stop() {
        registry.close();
    }

    private Blobs blobs() {
        return registry.repository().blobs();
    }

    private Content content(byte[] bytes) {
        return () -> {
            opened.incrementAndGet();
            return new FilterInputStream(new ByteArrayInputStream(bytes)) {
                private boolean isClosed;

                @Override
                public void close() {
                    closed.addAndGet(isClosed ? 0 : 1);
                    isClosed = true;
                }
            };
        };
    }

    @Test
    void sendsAllInOneRequestAndClosesTheContent() throws IOException {
        registry.server().then(BEGUN, STORED.with("Docker-Content-Digest", DIGEST.toString()));

        blobs().push(BLOB, content(CONTENT));

        assertThat(registry.asked()).containsExactly(BEGIN, "PUT /up/0?s=1&" + CLOSING);
        TestServer.Seen put = registry.server().seen().get(1);
        assertThat(put.text()).isEqualTo(TEXT);
        assertThat(put.header("Content-Length")).isEqualTo("23");
        assertThat(put.header("Transfer-Encoding")).isNull();
        assertThat(closed).hasValue(1);
        assertThat(opened).hasValue(1);
    }

    @Test
    void sendsOnWhatIsMissing() throws IOException {
        registry.server().then(
                BEGUN, hangUp(), status(404), status(204).with("Range", "0-9").with("Location", "/up/1"),
                status(202).with("Location", "/up/2").with("Range", "0-22"), STORED);

        blobs().push(BLOB, content(CONTENT));

        assertThat(registry.asked()).containsExactly(
                BEGIN, "PUT /up/0?s=1&" + CLOSING, HEAD, "GET /up/0?s=1", "PATCH /up/1", "PUT /up/2?" + CLOSING);
        assertThat(registry.server().seen().get(4).text()).isEqualTo("abcdefghijKLM");
        assertThat(registry.server().seen().get(4).header("Content-Range")).isEqualTo("10-22");
        assertThat(closed).hasValue(2);
    }

    @Test
    void closesTheUploadIfAllOfItCame() throws IOException {
        registry.server().then(BEGUN, status(503), status(404), status(204).with("Range", "0-22"), STORED);

        blobs().push(BLOB, content(CONTENT));

        assertThat(registry.asked()).endsWith("GET /up/0?s=1", "PUT /up/0?s=1&" + CLOSING);
        assertThat(registry.server().seen().get(4).body()).isEmpty();
    }

    @Test
    void beginsAnewIfTheUploadIsGone() throws IOException {
        registry.server().then(
                BEGUN, hangUp(), status(404), error(404, "BLOB_UPLOAD_UNKNOWN", "gone"), status(404),
                status(202).with("Location", "/up/new"), STORED);

        blobs().push(BLOB, content(CONTENT));

        assertThat(registry.asked()).endsWith("DELETE /up/0?s=1", BEGIN, "PUT /up/new?" + CLOSING);
        assertThat(registry.server().seen().get(6).text()).isEqualTo(TEXT);
    }

    @Test
    void beginsAnewIfWhatWasAcknowledgedIsLost() throws IOException {
        registry.server().then(
                BEGUN, hangUp(), status(404), status(204).with("Range", "0-9"),
                hangUp(), status(404), error(404, "BLOB_UPLOAD_INVALID", "resumed at the wrong offset"), status(404),
                status(202).with("Location", "/up/new"), STORED);

        blobs().push(BLOB, content(CONTENT));

        assertThat(registry.asked()).endsWith("DELETE /up/0?s=1", BEGIN, "PUT /up/new?" + CLOSING);
        assertThat(registry.server().seen().get(9).text()).isEqualTo(TEXT);
    }

    @Test
    void isDoneIfTheAnswerWasLostOnly() throws IOException {
        registry.server().then(BEGUN, hangUp(), status(200).with("Content-Length", "23"));

        blobs().push(BLOB, content(CONTENT));

        assertThat(registry.asked()).containsExactly(BEGIN, "PUT /up/0?s=1&" + CLOSING, HEAD);
    }

    @Test
    void asksForATokenInTheMiddleAndSendsAllAgain() throws IOException {
        registry.server().then(
                BEGUN, status(401).with("WWW-Authenticate", "Bearer realm=\"" + registry.server().uri("/token") + "\""),
                TestServer.body(200, "{\"token\":\"t\"}"), STORED);

        blobs().push(BLOB, content(CONTENT));

        assertThat(registry.server().seen().get(3).text()).isEqualTo(TEXT);
        assertThat(opened).hasValue(2);
        assertThat(closed).hasValue(2);
    }

    @Test
    void endsAndCancelsIfTheContentCannotBeRead() {
        registry.server().then(BEGUN, STORED);
        Content broken = () -> new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }
        };

        assertThatIOException().isThrownBy(() -> blobs().push(BLOB, broken)).withMessage("the disk is gone");
        assertThat(registry.asked()).startsWith(BEGIN).endsWith("DELETE /up/0?s=1").doesNotContain(HEAD);
    }

    @Test
    void endsIfTheContentCannotBeOpened() {
        registry.server().then(BEGUN, STORED);

        assertThatIOException()
                .isThrownBy(() -> blobs().push(BLOB, () -> {
                    throw new IOException("no such file");
                }))
                .withMessage("no such file");
    }

    @Test
    void refusesContentOfAnotherSize() {
        registry.server().then(BEGUN, STORED);

        assertThatIOException()
                .isThrownBy(() -> blobs().push(BLOB, content(TestRegistry.utf8("short"))))
                .withMessage("the content has 18 bytes less than was said");
        assertThat(closed).hasValue(opened.get());
    }

    @Test
    void refusesContentThatGoesOn() {
        registry.server().then(BEGUN, STORED);

        assertThatIOException()
                .isThrownBy(() -> blobs().push(BLOB, content(TestRegistry.utf8(TEXT + "more"))))
                .withMessage("the content is longer than was said");
    }

    @Test
    void leavesItToTheRegistryWhetherTheDigestIsRight() {
        registry.server().then(BEGUN, error(400, "DIGEST_INVALID", "another digest"), status(204));

        assertThatExceptionOfType(RegistryException.Invalid.class)
                .isThrownBy(() -> blobs().push(BLOB, content(CONTENT)));
        assertThat(registry.asked()).endsWith("DELETE /up/0?s=1");
    }

    @Test
    void storesNothingAtAll() throws IOException {
        Descriptor empty = Descriptor.of(
                MediaTypes.OCTET_STREAM, Digest.of(DigestAlgorithm.SHA256, new byte[0]), 0);
        registry.server().then(BEGUN, STORED);

        blobs().push(empty, InputStream::nullInputStream);

        assertThat(registry.server().seen().get(1).header("Content-Length")).isEqualTo("0");
    }
}
