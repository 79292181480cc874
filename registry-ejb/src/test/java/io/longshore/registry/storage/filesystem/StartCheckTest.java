package io.longshore.registry.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A place that does not do is known at the start, and the message says why. */
class StartCheckTest {
    @TempDir
    private Path directory;

    @Test
    void aRootThatIsNotThereIsMade() throws Exception {
        Path root = directory.resolve("not/there/yet");
        new FilesystemBlobStore(root, 100);

        assertThat(root.resolve("docker/registry/v2/uploads")).isEmptyDirectory();
    }

    @Test
    void aRootMayBeALink() throws Exception {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        Content content = Content.random(100);
        Blobs.put(new FilesystemBlobStore(link, 100), content);

        Blobs.assertBlob(new FilesystemBlobStore(real, 100), content);
    }

    @Test
    void aRootThatIsAFileIsRefused() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertRefused(file).withMessage("cannot keep blobs in " + file + ": it is not a directory");
    }

    @Test
    void aRootBelowAFileIsRefused() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertRefused(file.resolve("root")).withMessageContaining("cannot make the directory " + file);
    }

    @Test
    void aRootOnAReadOnlyFileSystemIsRefused() throws Exception {
        Path root = directory.resolve("disk");
        try (Tmpfs disk = Tmpfs.mount(root, "size=1m")) {
            new FilesystemBlobStore(root, 100);
            disk.forbidWriting();

            assertRefused(root)
                    .withMessageContaining("cannot write below " + root)
                    .withMessageContaining("Read-only file system");
        }
    }

    @Test
    void anEmptyReadOnlyRootIsRefused() throws Exception {
        Path root = directory.resolve("disk");
        try (Tmpfs disk = Tmpfs.mount(root, "size=1m")) {
            disk.forbidWriting();

            assertRefused(root)
                    .withMessageContaining("cannot make the directory " + root)
                    .withMessageContaining("Read-only file system");
        }
    }

    @Test
    void aRootWithoutPermissionIsRefused() throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        assumeThat(root.toFile().setWritable(false) && !Files.isWritable(root))
                .as("file permissions bind this user")
                .isTrue();

        assertRefused(root).withMessageContaining("cannot make the directory " + root);
    }

    @Test
    void stagesAndBlobsOnDifferentFileSystemsAreRefused() throws Exception {
        Path root = directory.resolve("root");
        Path uploads = root.resolve("docker/registry/v2/uploads");
        try (Tmpfs disk = Tmpfs.mount(uploads, "size=1m")) {
            assertThat(disk).isNotNull();
            assertRefused(root).withMessageContaining("not on the same file system");
        }
    }

    @Test
    void anAlgorithmOnAnotherFileSystemIsRefused() throws Exception {
        Path root = directory.resolve("root");
        Path sha512 = root.resolve("docker/registry/v2/blobs/sha512");
        try (Tmpfs disk = Tmpfs.mount(sha512, "size=1m")) {
            assertThat(disk).isNotNull();
            assertRefused(root).withMessageContaining(sha512 + " are not on the same file system");
        }
    }

    private static ThrowableAssertAlternative<IOException> assertRefused(Path root) {
        return assertThatExceptionOfType(IOException.class).isThrownBy(() -> new FilesystemBlobStore(root, 100));
    }
}
