package io.longshore.registry.storage.filesystem;

import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks at a store from outside, by paths that are spelt out here once more. */
final class Tree {
    private static final String BASE = "docker/registry/v2/";

    private Tree() {}

    static Path data(Path root, Digest digest) {
        String hex = digest.hex();
        String directory = digest.algorithm().id() + '/' + hex.substring(0, 2) + '/' + hex;
        return root.resolve(BASE + "blobs/" + directory + "/data");
    }

    static Path uploads(Path root) {
        return root.resolve(BASE + "uploads");
    }

    /** All files of all blobs. */
    static List<Path> blobFiles(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root.resolve(BASE + "blobs"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    /** All files of all stages. */
    static List<Path> stageFiles(Path root) throws IOException {
        try (Stream<Path> all = Files.list(uploads(root))) {
            return all.toList();
        }
    }
}
