package io.longshore.registry.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.storage.contract.BlobStoreContract;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemBlobStoreTest implements BlobStoreContract {
    @TempDir
    private Path root;

    @Override
    public BlobStore store() throws IOException {
        return new FilesystemBlobStore(root, 100);
    }

    @Test
    void blobsLieWhereDistributionKeepsThem() throws Exception {
        BlobStore store = store();
        Content hello = Content.of("hello\n");
        Blobs.put(store, hello);
        Blobs.putAs(store, hello, hello.digest(DigestAlgorithm.SHA512));

        String blobs = "docker/registry/v2/blobs/";
        String sha256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        String sha512 = "e7c22b994c59d9cf2b48e549b1e24666636045930d3da7c1acb299d1c3b7f931"
                + "f94aae41edda2c2b207a36e10f8bcb8d45223e54878f5b316e7ce3b6bc019629";
        assertThat(Tree.blobFiles(root))
                .containsExactlyInAnyOrder(
                        root.resolve(blobs + "sha256/58/" + sha256 + "/data"),
                        root.resolve(blobs + "sha512/e7/" + sha512 + "/data"))
                .allSatisfy(file -> assertThat(file).hasContent("hello\n"));
    }

    @Test
    void blobsOfDistributionCanBeRead() throws Exception {
        Content content = Content.random(1000);
        Path data = Tree.data(root, content.digest());
        Files.createDirectories(data.getParent());
        Files.write(data, content.bytes());

        Blobs.assertBlob(store(), content);
    }

    @Test
    void stagesLieBesideTheBlobs() throws Exception {
        StageId id = Blobs.stage(store(), Content.of("staged"));

        assertThat(root.resolve("docker/registry/v2/uploads/" + id)).hasContent("staged");
    }

    @Test
    void nothingIsLeftOfStagesThatEnded() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);
        Blobs.put(store, content);
        store.discard(Blobs.stage(store, content));

        assertThat(Tree.stageFiles(root)).isEmpty();
    }

    @Test
    void nothingIsLeftOfADeletedBlob() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);
        store.delete(content.digest());

        assertThat(Tree.data(root, content.digest()).getParent()).doesNotExist();
        assertThat(Tree.data(root, content.digest()).getParent().getParent()).isEmptyDirectory();
    }

    @Test
    void theStartLeavesNoFiles() throws Exception {
        store();

        assertThat(Tree.blobFiles(root)).isEmpty();
        assertThat(Tree.stageFiles(root)).isEmpty();
    }

    @Test
    void blobsAndStagesSurviveARestart() throws Exception {
        BlobStore before = store();
        Content content = Content.random(100_000);
        Blobs.put(before, content);
        StageId id = Blobs.stage(before, content.part(0, 1000));

        BlobStore after = store();
        Blobs.assertBlob(after, content);
        Blobs.assertStage(after, id, content.part(0, 1000));
    }

    @Test
    void anIdWithAPathInItReachesNoFile() throws Exception {
        BlobStore store = store();
        Path secret = Files.writeString(Tree.uploads(root).resolveSibling("secret"), "secret");
        for (String id : new String[] {"../secret", secret.toString(), "./../secret"}) {
            StageId strange = new StageId(id);
            assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.resume(strange, 0));
            assertThatExceptionOfType(StageLostException.class).isThrownBy(() -> store.readStage(strange, 6));
            Digest digest = Content.of("secret").digest();
            assertThatExceptionOfType(StageLostException.class)
                    .isThrownBy(() -> Blobs.commit(store, strange, 6, digest));
            store.discard(strange);
        }
        assertThat(secret).hasContent("secret");
    }

    @Test
    void aBlobThatSomethingCutShortIsAnErrorAndNotAnEnd() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);
        try (BlobContent blob = store.open(content.digest(), 0)) {
            Files.write(Tree.data(root, content.digest()), content.part(0, 500).bytes());

            assertThat(blob.read(ByteBuffer.allocate(500), 0)).isEqualTo(500);
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> blob.read(ByteBuffer.allocate(500), 500));
        }
    }

    @Test
    void aStageThatIsCutShortWhileItIsReadIsAnErrorAndNotAnEnd() throws Exception {
        BlobStore store = store();
        StageId id = Blobs.stage(store, Content.random(1000));
        try (ReadableByteChannel staged = store.readStage(id, 1000)) {
            assertThat(staged.read(ByteBuffer.allocate(500))).isEqualTo(500);
            store.resume(id, 500).close();

            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> staged.read(ByteBuffer.allocate(500)));
        }
    }

    @Test
    void aDirectoryThatWasSweptAwayIsMadeAgain() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);
        store.delete(content.digest());
        Path shard = Tree.data(root, content.digest()).getParent().getParent();
        Files.delete(shard);
        assertThat(store.delete(content.digest())).isFalse();
        Blobs.put(store, content);
        store.delete(content.digest());
        Files.delete(shard);
        Files.delete(shard.getParent());
        Blobs.put(store, content);

        Blobs.assertBlob(store, content);
    }

    @Test
    void aStrangeFileInTheDirectoryOfABlobHindersNothing() throws Exception {
        BlobStore store = store();
        Content content = Content.random(1000);
        Blobs.put(store, content);
        Path strange = Files.createFile(Tree.data(root, content.digest()).resolveSibling(".nfs0001"));

        assertThat(store.delete(content.digest())).isTrue();
        Blobs.assertNoBlob(store, content.digest());
        assertThat(store.delete(content.digest())).isFalse();
        Blobs.put(store, content);
        Blobs.assertBlob(store, content);
        assertThat(strange).exists();
    }

    @Test
    void twoStoresMayShareARoot() throws Exception {
        BlobStore here = store();
        BlobStore there = store();
        Content content = Content.random(100_000);
        StageId id = Blobs.stage(here, content.part(0, 1000));
        try (Stage stage = there.resume(id, 1000)) {
            stage.write(content.part(1000, content.sizeBytes()).buffer());
        }
        Blobs.commit(here, id, content.sizeBytes(), content.digest());

        Blobs.assertBlob(there, content);
        assertThat(there.delete(content.digest())).isTrue();
        Blobs.assertNoBlob(here, content.digest());
    }
}
