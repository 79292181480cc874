package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Reading blobs. */
public interface OpenContract extends StoreUnderTest {

    @Test
    default void aBlobThatIsNotThereCannotBeOpened() throws Exception {
        Blobs.assertNoBlob(store(), Content.of("never stored").digest());
    }

    @Test
    default void anOpenBlobTellsItsSize() throws Exception {
        BlobStore store = store();
        Content content = Content.random(123_457);
        Blobs.put(store, content);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            assertThat(blob.sizeBytes()).isEqualTo(123_457);
        }
    }

    @Test
    default void readingStartsAtAnyPosition() throws Exception {
        BlobStore store = store();
        Content content = Content.random(200_000);
        Blobs.put(store, content);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            for (int position : new int[] {199_999, 0, 1, 65_535, 65_536, 65_537, 100_000, 4096}) {
                assertThat(Blobs.read(blob, position)).isEqualTo(content.part(position, 200_000).bytes());
            }
        }
    }

    @Test
    default void readingMayJumpToAndFro() throws Exception {
        BlobStore store = store();
        Random random = Randomness.random(2);
        Content content = Content.random(300_000);
        byte[] bytes = content.bytes();
        Blobs.put(store, content);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            for (int i = 0; i < 200; i++) {
                int position = random.nextInt(bytes.length);
                byte[] target = new byte[1 + random.nextInt(1000)];
                int read = blob.read(ByteBuffer.wrap(target), position);
                assertThat(read).isBetween(1, Math.min(target.length, bytes.length - position));
                assertThat(Arrays.copyOf(target, read))
                        .isEqualTo(Arrays.copyOfRange(bytes, position, position + read));
            }
        }
    }

    @Test
    default void readingAtTheEndGivesNothing() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            assertThat(blob.read(ByteBuffer.allocate(10), 1000)).isEqualTo(-1);
        }
    }

    @Test
    default void readingBehindTheEndGivesNothing() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);
        ByteBuffer target = ByteBuffer.allocate(10);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            assertThat(blob.read(target, 1001)).isEqualTo(-1);
            assertThat(blob.read(target, 1L << 32)).isEqualTo(-1);
            assertThat(blob.read(target, Long.MAX_VALUE)).isEqualTo(-1);
        }
        assertThat(target.position()).isZero();
    }

    @Test
    default void anEmptyBlobGivesNothing() throws Exception {
        BlobStore store = store();
        Content nothing = Content.of("");
        Blobs.put(store, nothing);
        try (BlobContent blob = store.open(nothing.digest(), 0)) {
            assertThat(blob.sizeBytes()).isZero();
            assertThat(blob.read(ByteBuffer.allocate(10), 0)).isEqualTo(-1);
        }
    }

    @Test
    default void readingBeforeTheBeginningIsAnError() throws Exception {
        BlobStore store = store();
        Content content = Content.random(10);
        Blobs.put(store, content);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> blob.read(ByteBuffer.allocate(10), -1));
        }
    }

    @Test
    default void readingIntoNoRoomReadsNothing() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            assertThat(blob.read(ByteBuffer.allocate(0), 0)).isZero();
            assertThat(blob.read(ByteBuffer.allocateDirect(10).position(10), 999)).isZero();
        }
    }

    @Test
    default void readingFillsNoMoreThanTheBufferHasRoomFor() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            for (ByteBuffer target : new ByteBuffer[] {ByteBuffer.allocate(100), ByteBuffer.allocateDirect(100)}) {
                int read = blob.read(target.position(10).limit(15), 500);
                assertThat(read).isBetween(1, 5);
                assertThat(target.position()).isEqualTo(10 + read);
                assertThat(target.limit()).isEqualTo(15);
                assertThat(target.get(10)).isEqualTo(content.bytes()[500]);
                assertThat(target.get(9)).isZero();
                assertThat(target.limit(100).get(15)).isZero();
            }
        }
    }

    @Test
    default void readingIntoABufferLargerThanTheBlobStopsAtItsEnd() throws Exception {
        BlobStore store = store();
        Content content = Content.random(100);
        Blobs.put(store, content);
        ByteBuffer target = ByteBuffer.allocateDirect(1 << 20);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            long position = 0;
            for (int read = blob.read(target, 0); read >= 0; read = blob.read(target, position)) {
                position += read;
            }
        }
        byte[] read = new byte[target.flip().remaining()];
        target.get(read);
        assertThat(read).isEqualTo(content.bytes());
    }

    @Test
    default void aBlobCanBeOpenManyTimesAtOnce() throws Exception {
        BlobStore store = store();
        Content content = Content.random(100_000);
        Blobs.put(store, content);
        try (BlobContent one = store.open(content.digest(), 0)) {
            assertThat(one.read(ByteBuffer.allocate(1000), 50_000)).isPositive();
            Blobs.assertBlob(store, content);
            assertThat(Blobs.read(one)).isEqualTo(content.bytes());
        }
    }

    @Test
    default void aClosedBlobGivesNoBytes() throws Exception {
        BlobStore store = store();
        Content content = Content.random(10);
        Blobs.put(store, content);
        BlobContent blob = store.open(content.digest(), 0);
        blob.close();
        blob.close();

        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> blob.read(ByteBuffer.allocate(10), 0));
        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> blob.read(ByteBuffer.allocate(10), 10));
    }
}
