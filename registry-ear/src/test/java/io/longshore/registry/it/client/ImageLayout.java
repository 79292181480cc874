package io.longshore.registry.it.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** An OCI image layout on disk with one tagged image or index in it. */
final class ImageLayout {
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private final Path folder;

    private ImageLayout(Path folder) {
        this.folder = folder;
    }

    static ImageLayout write(Path folder, String tag, TestImage image) {
        ImageLayout layout = new ImageLayout(folder);
        layout.put(image);
        layout.finish(tag, image.manifest());
        return layout;
    }

    static ImageLayout write(Path folder, String tag, TestIndex index) {
        ImageLayout layout = new ImageLayout(folder);
        index.images().forEach(layout::put);
        layout.put(index.manifest());
        layout.finish(tag, index.manifest());
        return layout;
    }

    /** A layout that a client wrote. */
    static ImageLayout at(Path folder) {
        return new ImageLayout(folder);
    }

    byte[] read(Digest digest) {
        try {
            return Files.readAllBytes(file(digest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(TestImage image) {
        image.blobs().forEach(this::put);
        put(image.manifest());
    }

    private void put(Blob blob) {
        write(file(blob.digest()), blob.bytes());
    }

    private void finish(String tag, Blob manifest) {
        ObjectNode index = JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_INDEX);
        ObjectNode descriptor = manifest.descriptor();
        descriptor.putObject("annotations").put(REF_NAME, tag);
        index.putArray("manifests").add(descriptor);
        write(folder.resolve("index.json"), index.toString().getBytes(StandardCharsets.UTF_8));
        write(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8));
    }

    private Path file(Digest digest) {
        return folder.resolve("blobs").resolve(digest.algorithm().id()).resolve(digest.hex());
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
