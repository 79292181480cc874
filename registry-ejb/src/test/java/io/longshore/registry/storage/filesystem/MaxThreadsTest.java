package io.longshore.registry.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.ConcurrencyContract;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.contract.Workers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
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
