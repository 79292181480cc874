package io.longshore.registry.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.contract.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PowerLossTest {
    private static final int SYNCS_OF_A_COMMIT = 3;
    private static final int MORE_STEPS_THAN_ANY_CALL_HAS = 30;

    @TempDir
    private Path root;

    private final RecordingDisk disk = new RecordingDisk();

    /** A step of the driver that something may stop. */
    @FunctionalInterface
    private interface Call {
        void run() throws IOException;
    }

    @Test
    void aCommitLastsWhenItReturns() throws Exception {
        BlobStore store = new FilesystemBlobStore(root, 100, disk);
        for (int i = 0; i < 50; i++) {
            Content content = Content.random(100 + i);
            Blobs.put(store, content);
            assertLasts(content.digest());
        }
    }

    @Test
    void aCommitLastsInARootThatTheDriverMade() throws Exception {
        Path made = root.resolve("made/by/driver");
        Content content = Content.random(100);
        Blobs.put(new FilesystemBlobStore(made, 100, disk), content);

        assertThat(disk.lasts(Tree.data(made, content.digest()), root)).isTrue();
    }

    @Test
    void aCommitLastsAfterADelete() throws Exception {
        BlobStore store = new FilesystemBlobStore(root, 100, disk);
        Content content = Content.random(100);
        for (int i = 0; i < 3; i++) {
            Blobs.put(store, content);
            assertLasts(content.digest());
            store.delete(content.digest());
        }
    }

    @Test
    void aDeleteLastsWhenItReturns() throws Exception {
        BlobStore store = new FilesystemBlobStore(root, 100, disk);
        Content content = Content.random(100);
        Blobs.put(store, content);
        store.delete(content.digest());

        assertThat(disk.lasts(Tree.data(root, content.digest()), root)).isFalse();
    }

    @Test
    void aDeleteLastsAlthoughTheDirectoryStays() throws Exception {
        BlobStore store = new FilesystemBlobStore(root, 100, disk);
        Content content = Content.random(100);
        Blobs.put(store, content);
        Files.createFile(Tree.data(root, content.digest()).resolveSibling(".nfs0001"));
        store.delete(content.digest());

        assertThat(disk.lasts(Tree.data(root, content.digest()), root)).isFalse();
    }

    @Test
    void aCommitSyncsNoMoreThanItMust() throws Exception {
        BlobStore store = new FilesystemBlobStore(root, 100, disk);
        Blobs.putAs(store, Content.random(100), digest("aa", 1));
        disk.syncs();
        Blobs.putAs(store, Content.random(100), digest("aa", 2));

        assertThat(disk.syncs()).isEqualTo(SYNCS_OF_A_COMMIT);
    }

    /** The first commit to a fresh root syncs four directories, the second finds what the first has made. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aCommitDoesNotRelyOnTheSyncsThatAnotherOneStillHasToDo(int heldSync) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        HoldingDisk holding = new HoldingDisk(held, release);
        FilesystemBlobStore store = new FilesystemBlobStore(root, 100, holding);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> first = thread.submit(() -> {
                holding.holdMine(heldSync);
                Blobs.putAs(store, Content.random(100), digest("aa", 1));
                return null;
            });
            assertThat(held.await(1, TimeUnit.MINUTES)).isTrue();
            for (int last : new int[] {1, 2}) {
                Blobs.putAs(store, Content.random(100), digest("aa", last));
                assertThat(holding.lasts(Tree.data(root, digest("aa", last)), root)).isTrue();
            }
            release.countDown();
            first.get(1, TimeUnit.MINUTES);
        } finally {
            release.countDown();
            thread.shutdownNow();
        }
    }

    /** Holds one thread before one of its directory syncs. */
    private static final class HoldingDisk extends RecordingDisk {
        private final CountDownLatch held;
        private final CountDownLatch release;
        private final ThreadLocal<Integer> syncsBeforeHold = ThreadLocal.withInitial(() -> Integer.MAX_VALUE);

        HoldingDisk(CountDownLatch held, CountDownLatch release) {
            this.held = held;
            this.release = release;
        }

        void holdMine(int sync) {
            syncsBeforeHold.set(sync);
        }

        @Override
        boolean syncDirectory(Path directory) throws IOException {
            syncsBeforeHold.set(syncsBeforeHold.get() - 1);
            if (syncsBeforeHold.get() == 0) {
                held.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
            return super.syncDirectory(directory);
        }
    }

    @Test
    void aCutDuringACommitLeavesTheBlobWholeOrAbsent() throws Exception {
        for (int step = 1; step < MORE_STEPS_THAN_ANY_CALL_HAS; step++) {
            Content content = Content.random(1000);
            BlobStore store = new FilesystemBlobStore(root, 100, disk);
            StageId id = Blobs.stage(store, content);
            boolean cut = isCutAt(step, () -> Blobs.commit(store, id, content.sizeBytes(), content.digest()));

            BlobStore after = new FilesystemBlobStore(root, 100);
            assertThat(isThere(after, content.digest(), content)).isIn(true, !cut);
            after.discard(id);
            Blobs.put(after, content);
            Blobs.assertBlob(after, content);
            assertNoRubbish();
        }
    }

    @Test
    void aCutDuringAReplacementLeavesOneOfTheTwo() throws Exception {
        for (int step = 1; step < MORE_STEPS_THAN_ANY_CALL_HAS; step++) {
            Content old = Content.random(2000);
            Content replacement = Content.random(1000);
            BlobStore store = new FilesystemBlobStore(root, 100, disk);
            Blobs.put(store, old);
            StageId id = Blobs.stage(store, replacement);
            boolean cut = isCutAt(step, () -> Blobs.commit(store, id, replacement.sizeBytes(), old.digest()));

            byte[] left = Blobs.read(new FilesystemBlobStore(root, 100), old.digest());
            assertThat(Arrays.equals(left, replacement.bytes()) || cut && Arrays.equals(left, old.bytes())).isTrue();
        }
    }

    @Test
    void aCutDuringADeleteLeavesTheBlobWholeOrAbsent() throws Exception {
        for (int step = 1; step < MORE_STEPS_THAN_ANY_CALL_HAS; step++) {
            Content content = Content.random(1000);
            BlobStore store = new FilesystemBlobStore(root, 100, disk);
            Blobs.put(store, content);
            boolean cut = isCutAt(step, () -> store.delete(content.digest()));

            BlobStore after = new FilesystemBlobStore(root, 100);
            assertThat(isThere(after, content.digest(), content)).isIn(false, cut);
            after.delete(content.digest());
            Blobs.assertNoBlob(after, content.digest());
            assertNoRubbish();
        }
    }

    @Test
    void afterAStepOfACommitFailedTheBlobCanBeStoredAgain() throws Exception {
        BlobStore store = new FilesystemBlobStore(root, 100, disk);
        for (int step = 1; step < MORE_STEPS_THAN_ANY_CALL_HAS; step++) {
            Content content = Content.random(1000);
            StageId id = Blobs.stage(store, content);
            disk.failAtStep(step);
            try {
                Blobs.commit(store, id, content.sizeBytes(), content.digest());
            } catch (IOException e) {
                assertThat(e)
                        .isInstanceOf(StorageUnavailableException.class)
                        .hasMessageEndingWith("Input/output error");
                isThere(store, content.digest(), content);
            }
            disk.failAtStep(Integer.MAX_VALUE);
            store.discard(id);
            Blobs.put(store, content);
            Blobs.assertBlob(store, content);
            assertLasts(content.digest());
            assertNoRubbish();
        }
    }

    /** The kernel would let the second sync succeed although bytes were lost. */
    @Test
    void aStageWhoseSyncFailedCannotBeCommittedAnyMore() throws Exception {
        BlobStore store = new FilesystemBlobStore(root, 100, disk);
        Content content = Content.random(1000);
        StageId id = Blobs.stage(store, content);
        disk.failAtStep(1);

        assertThatExceptionOfType(StorageUnavailableException.class)
                .isThrownBy(() -> Blobs.commit(store, id, content.sizeBytes(), content.digest()))
                .withMessageEndingWith("Input/output error");
        assertThatExceptionOfType(StageLostException.class)
                .isThrownBy(() -> Blobs.commit(store, id, content.sizeBytes(), content.digest()));
        Blobs.assertNoBlob(store, content.digest());
    }

    @Test
    void commitsOfManyThreadsLast() throws Exception {
        BlobStore store = new FilesystemBlobStore(root, 100, disk);
        Workers.run(16, index -> {
            for (int i = 0; i < 20; i++) {
                Blobs.putAs(store, Content.random(100), digest("b" + i % 8, i));
                assertLasts(digest("b" + i % 8, i));
            }
        });
    }

    private void assertLasts(Digest digest) {
        assertThat(disk.lasts(Tree.data(root, digest), root)).isTrue();
    }

    private void assertNoRubbish() throws IOException {
        assertThat(Tree.stageFiles(root)).isEmpty();
        assertThat(Tree.blobFiles(root)).allMatch(file -> file.endsWith("data"));
    }

    /** A digest whose hex starts with {@code shard} and ends with {@code last}. */
    private static Digest digest(String shard, int last) {
        return Digest.parse(DigestAlgorithm.SHA256.id() + ':' + shard + "%062x".formatted(last));
    }

    private boolean isCutAt(int step, Call call) throws IOException {
        disk.cutPowerAtStep(step);
        try {
            call.run();
            return false;
        } catch (RecordingDisk.PowerCut cut) {
            return true;
        } finally {
            disk.cutPowerAtStep(Integer.MAX_VALUE);
        }
    }

    private static boolean isThere(BlobStore store, Digest digest, Content whole) throws IOException {
        try {
            assertThat(Blobs.read(store, digest)).isEqualTo(whole.bytes());
            return true;
        } catch (BlobLostException e) {
            return false;
        }
    }
}
