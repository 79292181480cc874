package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.storage.S3Storage;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * A blob of some gibibytes to S3 and back, for each way to push it; run by hand with the Maven profile {@code soak}. It
 * needs four times the size of the blob on the disk. The system property {@code soak.gibibytes} is that size.
 */
class LargeBlobOnS3Soak {
    private static final long BLOB_BYTES = Long.getLong("soak.gibibytes", 5) << 30;

    @TempDir(factory = BuildFolder.class)
    private Path folder;

    private S3Storage store;
    private RegistryServer server;

    @BeforeEach
    void start() {
        store = S3Storage.in(folder);
        Map<String, String> variables = new HashMap<>(store.bucket());
        variables.put("REGISTRY_STORAGE_REDIRECT_DISABLE", "true");
        server = RegistryServer.start(variables);
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    /** Keeps the blobs out of a temporary folder that may be in memory. */
    private static final class BuildFolder implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
                throws IOException {
            Path parent = Files.createDirectories(Path.of("target/it").toAbsolutePath());
            return Files.createTempDirectory(parent, "s3-");
        }
    }

    @FunctionalInterface
    private interface Transfer {
        Digest run() throws IOException, InterruptedException;
    }

    @Test
    void carriesALargeBlobToS3AndBackInTheMemoryItComesWith() throws Exception {
        long seed = Seed.of(LargeBlobOnS3Soak.class).random(0).nextLong();
        LargeBlobClient client =
                new LargeBlobClient(server.uri(), Repository.fresh(new Http(server.uri()), "soak"));

        Digest put = timed("push in one PUT", () -> client.pushInPut(new LargeBlob(seed, BLOB_BYTES)));
        timed("pull", () -> client.pull(put));
        Digest patched = timed("push in one PATCH", () -> client.pushInPatch(new LargeBlob(seed + 1, BLOB_BYTES)));
        timed("pull", () -> client.pull(patched));

        assertThat(server.log()).doesNotContain("OutOfMemoryError");
        assertThat(objects()).containsExactlyInAnyOrder(path(put), path(patched));
    }

    private Digest timed(String what, Transfer transfer) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Digest digest = transfer.run();
        System.out.printf("%s of %d GiB: %d s; processor time since the start %s; %s%n", what, BLOB_BYTES >> 30,
                Duration.ofNanos(System.nanoTime() - start).toSeconds(),
                server.process().info().totalCpuDuration().orElse(Duration.ZERO), peakMemory());
        return digest;
    }

    /** The most that the server's JVM had resident so far, as Linux says it. */
    private String peakMemory() throws IOException {
        Path status = Path.of("/proc", Long.toString(server.process().pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElseThrow();
    }

    /** All that lies in the store, the bucket left out of the names. */
    private List<String> objects() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .map(name -> name.subpath(1, name.getNameCount()).toString())
                    .toList();
        }
    }

    private static String path(Digest digest) {
        return "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data";
    }
}
