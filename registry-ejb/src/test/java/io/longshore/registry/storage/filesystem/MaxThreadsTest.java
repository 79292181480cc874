package io.longshore.registry.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.ConcurrencyContract;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.contract.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many threads rely on, when one at a time may work. */
class MaxThreadsTest implements ConcurrencyContract {
    @TempDir
    Path root;

    @Override
    public BlobStore store() throws IOException {
        return new FilesystemBlobStore(root, 1);
    }

    @Test
    void noMoreThreadsAreAtTheFilesThanMayBe() throws Exception {
        CountingDisk disk = new CountingDisk();
        BlobStore store = new FilesystemBlobStore(root, 3, disk);
        Workers.run(12, index -> {
            for (int i = 0; i < 20; i++) {
                Blobs.put(store, Content.random(100));
            }
        });

        assertThat(disk.most.get()).isBetween(1, 3);
    }

    @Test
    void whatReadsOrRemovesFilesWaitsForItsTurn() throws Exception {
        HeldDisk disk = new HeldDisk();
        BlobStore store = new FilesystemBlobStore(root, 1, disk);
        Content content = Content.random(100);
        Blobs.put(store, content);
        StageId stage = Blobs.stage(store, content);
        StageId discarded = Blobs.stage(store, content);
        ReadableByteChannel staged = store.readStage(stage, 100);
        BlobContent blob = store.open(content.digest(), 0);
        try (staged; blob) {
            List<FutureTask<?>> waiting = List.of(
                    new FutureTask<>(() -> staged.read(ByteBuffer.allocate(100))),
                    new FutureTask<>(() -> blob.read(ByteBuffer.allocate(100), 0)),
                    new FutureTask<>(() -> store.delete(content.digest())),
                    new FutureTask<>(() -> {
                        store.discard(discarded);
                        return null;
                    }));
            FutureTask<?> holder = new FutureTask<>(() -> {
                Blobs.put(store, Content.random(100));
                return null;
            });
            disk.holdNextSync();
            new Thread(holder).start();
            disk.awaitHeld();
            try {
                for (FutureTask<?> task : waiting) {
                    Thread thread = new Thread(task);
                    thread.start();
                    assertThat(whenItRests(thread)).isEqualTo(Thread.State.WAITING);
                }
            } finally {
                disk.release();
            }
            holder.get(1, TimeUnit.MINUTES);
            for (FutureTask<?> task : waiting) {
                task.get(1, TimeUnit.MINUTES);
            }
        }
    }

    private static Thread.State whenItRests(Thread thread) {
        Thread.State state = thread.getState();
        while (state != Thread.State.WAITING && state != Thread.State.TERMINATED) {
            Thread.onSpinWait();
            state = thread.getState();
        }
        return state;
    }

    /** Keeps whoever syncs a file in its turn until it is released. */
    private static final class HeldDisk extends Disk {
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private volatile boolean holding;

        void holdNextSync() {
            holding = true;
        }

        void awaitHeld() throws InterruptedException {
            assertThat(held.await(1, TimeUnit.MINUTES)).isTrue();
        }

        void release() {
            release.countDown();
        }

        @Override
        void syncFile(FileChannel file, Path path) throws IOException {
            if (holding) {
                held.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            super.syncFile(file, path);
        }
    }

    private static final class CountingDisk extends Disk {
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        void syncFile(FileChannel file, Path path) throws IOException {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            super.syncFile(file, path);
            now.decrementAndGet();
        }
    }
}
