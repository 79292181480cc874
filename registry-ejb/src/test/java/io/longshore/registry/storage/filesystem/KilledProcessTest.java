package io.longshore.registry.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.contract.Blobs;
import io.longshore.registry.storage.contract.Randomness;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of its work leaves what it promised, and no half blob. */
class KilledProcessTest {
    private static final int ROUNDS = 3;
    private static final int LINES_BEFORE_THE_KILL = 300;

    @TempDir
    private Path root;

    @Test
    void whatAKilledProcessWasPromisedIsThereAndWhole() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            List<String> promises = runAndKill(Randomness.SEED + round);
            assertThat(promises).hasSizeGreaterThanOrEqualTo(LINES_BEFORE_THE_KILL);

            BlobStore store = new FilesystemBlobStore(root, 100);
            for (String promise : promises) {
                assertKept(store, promise.split(" "));
            }
            assertEveryBlobWhole();
        }
    }

    private List<String> runAndKill(long seed) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Dlongshore.seed=" + seed,
                        "-cp",
                        classPath(),
                        CommitLoop.class.getName(),
                        root.toString(),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader()) {
            List<String> promises = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                promises.add(line);
                if (promises.size() == LINES_BEFORE_THE_KILL) {
                    // by its handle, which leaves what it has said so far to be read
                    process.toHandle().destroyForcibly();
                }
            }
            return promises;
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** The test's own class path may be hidden in the manifest of a jar; the child needs only these places of it. */
    private static String classPath() {
        return Stream.of(BlobStore.class, Digest.class, CommitLoop.class, Assertions.class)
                .map(KilledProcessTest::placeOf)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String placeOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertKept(BlobStore store, String[] promise) throws IOException {
        switch (promise[0]) {
            case "blob" -> {
                Digest digest = Digest.parse(promise[1]);
                assertThat(Digest.of(DigestAlgorithm.SHA256, Blobs.read(store, digest))).isEqualTo(digest);
            }
            case "gone" -> Blobs.assertNoBlob(store, Digest.parse(promise[1]));
            case "stage" -> {
                try (ReadableByteChannel staged =
                        store.readStage(new StageId(promise[1]), Long.parseLong(promise[2]))) {
                    assertThat(Digest.of(DigestAlgorithm.SHA256, Blobs.read(staged)))
                            .isEqualTo(Digest.parse(promise[3]));
                }
            }
            default -> throw new AssertionError(promise[0]);
        }
    }

    private void assertEveryBlobWhole() throws IOException {
        for (Path file : Tree.blobFiles(root)) {
            assertThat(file.getFileName()).hasToString("data");
            assertThat(Digest.of(DigestAlgorithm.SHA256, Files.readAllBytes(file)).hex())
                    .isEqualTo(file.getParent().getFileName().toString());
        }
    }
}
