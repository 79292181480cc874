package io.longshore.registry.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that the registry keeps blobs in. */
record StorageFolder(Path root) {
    /** The one that a server has which is not told otherwise. */
    static StorageFolder of(RegistryServer server) {
        return new StorageFolder(server.data().resolve("storage"));
    }

    /** The one of a server that was told nothing, if these tests have servers keep their blobs in folders. */
    static Optional<StorageFolder> find(RegistryServer server) {
        return System.getProperty("it.storage") == null ? Optional.of(of(server)) : Optional.empty();
    }

    /** What uploads have left there so far. */
    List<Path> stages() {
        return files("docker/registry/v2/uploads");
    }

    /** Checks that every blob hashes to the name it lies under. */
    void holdsNothingButWhatItsNamesSay() {
        for (Path file : files("docker/registry/v2/blobs")) {
            assertThat(file.getFileName().toString()).as("a file among the blobs: %s", file).isEqualTo("data");
            assertThat(hash(file)).as("content of %s", file).isEqualTo(file.getParent().getFileName().toString());
        }
    }

    private List<Path> files(String folder) {
        try (Stream<Path> walk = Files.walk(root.resolve(folder))) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(Path file) {
        String algorithm = file.getParent().getParent().getParent().getFileName().toString();
        try {
            MessageDigest hash = MessageDigest.getInstance(algorithm.equals("sha512") ? "SHA-512" : "SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), hash)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(hash.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
