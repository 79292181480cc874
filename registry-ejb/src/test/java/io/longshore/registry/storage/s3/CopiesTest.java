package io.longshore.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.s3.S3Settings.Writing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;

/** What becomes of copies under way, and of who waits for them, when something comes between. */
@Timeout(60)
class CopiesTest {
    private static final int SEGMENTS = 4;

    @TempDir
    private Path directory;

    private final List<String> order = new CopyOnWriteArrayList<>();
    private Copies copies;

    @AfterEach
    void close() {
        copies.close();
    }

    /** @param meanwhile what happens while the store copies a part */
    private void copy(Runnable meanwhile) throws IOException {
        copies = new Copies(1, directory);
        Bucket bucket = new Bucket(
                new Store(meanwhile), "bucket", Writing.inChunksOf(S3Server.CHUNK_BYTES), S3Server.LITTLE);
        Segments segments = new Segments(bucket, "uploads/", StageName.random(S3Server.CHUNK_BYTES));
        copies.copy(segments, SEGMENTS * S3Server.CHUNK_BYTES, Multipart.begin(bucket, "key"));
    }

    @Test
    void allPartsAreCopied() throws Exception {
        copy(() -> order.add("copied"));

        assertThat(order).hasSize(SEGMENTS);
    }

    @Test
    void nothingIsCopiedAnyMoreWhenAWaitThatWasInterruptedEnds() {
        Thread waiting = Thread.currentThread();
        AtomicBoolean ended = new AtomicBoolean();

        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> {
            try {
                copy(() -> {
                    waiting.interrupt();
                    while (!ended.get() && (waiting.isInterrupted() || waiting.getState() != Thread.State.WAITING)) {
                        Thread.onSpinWait();
                    }
                    order.add("copied");
                });
            } finally {
                order.add("ended");
                ended.set(true);
            }
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(order).containsExactly("copied", "ended");
    }

    @Test
    void nobodyWaitsForCopiesThatWereClosedBeforeTheyBegan() {
        assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> copy(() -> {
            order.add("copied");
            copies.close();
        }));
        assertThat(order).hasSize(1);
    }

    /** Begins multipart uploads, and takes parts of them. */
    private static final class Store implements S3Client {
        private final Runnable meanwhile;

        Store(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public CreateMultipartUploadResponse createMultipartUpload(CreateMultipartUploadRequest request) {
            return CreateMultipartUploadResponse.builder().uploadId("upload").build();
        }

        @Override
        public UploadPartCopyResponse uploadPartCopy(UploadPartCopyRequest request) {
            meanwhile.run();
            return UploadPartCopyResponse.builder().copyPartResult(part -> part.eTag("etag")).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
