package io.longshore.registry.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import io.longshore.registry.upload.LiveUpload.Chunk;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveUploadTest {
    private final WatchedStore store = new WatchedStore(new MemoryBlobStore());
    private final Content content = Content.random(100);
    private final LiveUpload upload = new LiveUpload(
            UploadId.random(),
            DigestAlgorithm.SHA256,
            new Progress(0, Optional.empty()),
            DigestAlgorithm.SHA256.newMessageDigest());

    /** Its request looked where the upload ends before another chunk was acknowledged. */
    @Test
    void aChunkThatComesTooLateIsNotAppendedBehindAnother() throws IOException {
        append(0, 60);

        RegistryException refused = catchThrowableOfType(RegistryException.class, () -> append(0, 60));
        assertThat(refused.kind()).isEqualTo(RegistryException.Kind.CONFLICT);

        append(60, 100);
        Chunk end = upload.begin(store, DigestAlgorithm.SHA256, 100);
        upload.commit(end, store, content.digest());
        Blobs.assertBlob(store, content);
    }

    /** The acknowledged bytes are right, whatever a request wrote behind them that was then given up. */
    @Test
    void whatWasGivenUpLeavesNothing() throws IOException {
        append(0, 60);
        Chunk lost = upload.begin(store, DigestAlgorithm.SHA256, 60);
        lost.write(Content.random(1000).bytes(), 1000);
        upload.abandon(lost, store);

        append(60, 100);

        assertThat(upload.begin(store, DigestAlgorithm.SHA256, 100).digest()).isEqualTo(content.digest());
    }

    /** Two requests end the upload with other bytes: each has to be recorded with the size of its own. */
    @Test
    void eachEndKnowsWhatItCommittedItself() throws IOException {
        Content shorter = content.part(0, 60);
        Progress first = commit(shorter);
        assertThat(upload.committedAs(shorter.digest())).contains(first);

        Progress second = commit(content);

        assertThat(first.sizeBytes()).isEqualTo(60);
        assertThat(second.sizeBytes()).isEqualTo(100);
        assertThat(upload.committedAs(shorter.digest())).isEmpty();
        assertThat(upload.committedAs(content.digest())).contains(second);
    }

    private Progress commit(Content whole) throws IOException {
        Chunk chunk = upload.begin(store, DigestAlgorithm.SHA256, 0);
        chunk.write(whole.bytes(), whole.bytes().length);
        return upload.commit(chunk, store, whole.digest());
    }

    private void append(int from, int to) throws IOException {
        Chunk chunk = upload.begin(store, DigestAlgorithm.SHA256, from);
        chunk.write(content.part(from, to).bytes(), to - from);
        upload.acknowledge(chunk, (before, after) -> true);
    }
}
