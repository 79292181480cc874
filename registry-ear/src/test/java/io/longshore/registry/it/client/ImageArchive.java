package io.longshore.registry.it.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The tar files in which images are handed to a daemon. */
final class ImageArchive {
    private ImageArchive() {}

    /** What {@code docker save} writes: the archive holds the image under this reference. */
    static void writeDocker(Path file, String reference, TestImage image) {
        String config = image.config().digest().hex() + ".json";
        ArrayNode manifest = JsonNodeFactory.instance.arrayNode();
        ObjectNode entry = manifest.addObject().put("Config", config);
        entry.putArray("RepoTags").add(reference);
        ArrayNode layers = entry.putArray("Layers");
        try (TarArchiveOutputStream tar = open(file)) {
            add(tar, config, image.config().bytes());
            for (TestLayer layer : image.layers()) {
                String name = layer.diffId().hex() + "/layer.tar";
                add(tar, name, layer.tar());
                layers.add(name);
            }
            add(tar, "manifest.json", manifest.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An OCI image layout as one file. */
    static void writeLayout(Path file, Path layout) {
        try (TarArchiveOutputStream tar = open(file);
                Stream<Path> files = Files.walk(layout)) {
            for (Path path : files.filter(Files::isRegularFile).sorted().toList()) {
                add(tar, layout.relativize(path).toString(), Files.readAllBytes(path));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TarArchiveOutputStream open(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        return tar;
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
