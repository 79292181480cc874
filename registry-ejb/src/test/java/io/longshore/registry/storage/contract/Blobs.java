package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.model.Digest;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** What the tests do with a store again and again. */
public final class Blobs {
    private static final int BUFFER_BYTES = 8191;

    private Blobs() {}

    /** Writes a closed stage. */
    public static StageId stage(BlobStore store, Content content) throws IOException {
        try (Stage stage = store.begin()) {
            stage.write(content.buffer());
            return stage.id();
        }
    }

    public static void put(BlobStore store, Content content) throws IOException {
        putAs(store, content, content.digest());
    }

    /** Stores content under a digest that need not be its own: drivers trust the caller. */
    public static void putAs(BlobStore store, Content content, Digest digest) throws IOException {
        try (Stage stage = store.begin()) {
            stage.write(content.buffer());
            stage.commit(digest);
        }
    }

    /** Makes the first {@code sizeBytes} of a closed stage a blob. */
    public static void commit(BlobStore store, StageId id, long sizeBytes, Digest digest) throws IOException {
        try (Stage stage = store.resume(id, sizeBytes)) {
            stage.commit(digest);
        }
    }

    public static byte[] read(BlobStore store, Digest digest) throws IOException {
        try (BlobContent blob = store.open(digest, 0)) {
            return read(blob);
        }
    }

    /** Reads a blob from its beginning to its end. */
    public static byte[] read(BlobContent blob) throws IOException {
        return read(blob, 0);
    }

    /** Reads a blob from {@code position} to its end. */
    public static byte[] read(BlobContent blob, long position) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long next = position;
        for (int read = blob.read(buffer, next); read >= 0; read = blob.read(buffer, next)) {
            assertThat(read).isPositive().isEqualTo(buffer.position());
            next += read;
            drain(buffer, all);
        }
        return all.toByteArray();
    }

    /** Reads a channel to its end. */
    public static byte[] read(ReadableByteChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (channel.read(buffer) >= 0) {
            drain(buffer, all);
        }
        return all.toByteArray();
    }

    private static void drain(ByteBuffer from, ByteArrayOutputStream to) {
        to.write(from.array(), 0, from.position());
        from.clear();
    }

    public static void assertBlob(BlobStore store, Digest digest, Content content) throws IOException {
        assertThat(read(store, digest)).isEqualTo(content.bytes());
    }

    public static void assertBlob(BlobStore store, Content content) throws IOException {
        assertBlob(store, content.digest(), content);
    }

    public static void assertNoBlob(BlobStore store, Digest digest) {
        assertThatExceptionOfType(BlobLostException.class).isThrownBy(() -> store.open(digest, 0).close());
    }

    /** Asserts what a closed stage holds, without changing it. */
    public static void assertStage(BlobStore store, StageId id, Content content) throws IOException {
        try (ReadableByteChannel staged = store.readStage(id, content.sizeBytes())) {
            assertThat(read(staged)).isEqualTo(content.bytes());
        }
        assertThatExceptionOfType(StageLostException.class)
                .isThrownBy(() -> store.readStage(id, content.sizeBytes() + 1L).close());
    }

    public static void assertNoStage(BlobStore store, StageId id) {
        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.readStage(id, 0).close());
        assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.resume(id, 0).close());
    }
}
