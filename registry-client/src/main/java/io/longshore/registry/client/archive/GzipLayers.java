package io.longshore.registry.client.archive;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * The layers of an archive as registries have them: compressed with gzip, and kept in a folder aside until it is
 * closed. What is compressed with gzip in the archive stays there. Thread-safe.
 */
final class GzipLayers implements Closeable {
    private static final String TYPE = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    private static final int BUFFER_BYTES = 64 << 10;

    private final TarFile tar;
    private final Map<Long, Layer> layers = new HashMap<>();
    private Optional<Path> folder = Optional.empty();

    GzipLayers(TarFile tar) {
        this.tar = tar;
    }

    /** @param file where it is, if not in the archive */
    private record Layer(TarFile.Entry entry, Digest diffId, Descriptor descriptor, Optional<Path> file) {}

    /**
     * Has a look at a layer, and compresses it if it is not.
     *
     * @param diffId the digest that it must have without compression
     * @throws IOException if it has another, or is compressed in another way
     */
    synchronized Descriptor add(TarFile.Entry entry, Digest diffId) throws IOException {
        Layer layer = layers.get(entry.offset());
        if (layer == null) {
            layer = look(entry, diffId.algorithm());
            layers.put(entry.offset(), layer);
        }
        if (!layer.diffId().equals(diffId)) {
            throw new IOException(tar + ": a layer is " + layer.diffId() + " in place of " + diffId);
        }
        return layer.descriptor();
    }

    private Layer look(TarFile.Entry entry, DigestAlgorithm algorithm) throws IOException {
        byte[] begin;
        try (InputStream in = tar.read(entry)) {
            begin = in.readNBytes(Compression.BYTES);
        }
        Optional<String> compression = Compression.of(begin);
        if (compression.isEmpty()) {
            return compress(entry, algorithm);
        }
        if (!compression.get().equals(Compression.GZIP)) {
            throw new IOException(tar + ": has a layer that is compressed with " + compression.get()
                    + ", which cannot be read here; only gzip can");
        }
        return decompress(entry, algorithm);
    }

    /** The same bytes as long as Java's compressor does not change: there is no time in them. */
    private Layer compress(TarFile.Entry entry, DigestAlgorithm algorithm) throws IOException {
        Path file = Files.createTempFile(folder(), "layer", ".tar.gz");
        try {
            return compress(entry, algorithm, file);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    private Layer compress(TarFile.Entry entry, DigestAlgorithm algorithm, Path file) throws IOException {
        MessageDigest plain = algorithm.newMessageDigest();
        MessageDigest compressed = DigestAlgorithm.SHA256.newMessageDigest();
        try (InputStream in = tar.read(entry);
                OutputStream out = new GZIPOutputStream(
                        new DigestOutputStream(Files.newOutputStream(file), compressed), BUFFER_BYTES)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                plain.update(buffer, 0, count);
                out.write(buffer, 0, count);
            }
        }
        Descriptor descriptor =
                Descriptor.of(TYPE, Digest.of(DigestAlgorithm.SHA256, compressed), Files.size(file));
        return new Layer(entry, Digest.of(algorithm, plain), descriptor, Optional.of(file));
    }

    private Layer decompress(TarFile.Entry entry, DigestAlgorithm algorithm) throws IOException {
        MessageDigest plain = algorithm.newMessageDigest();
        MessageDigest compressed = DigestAlgorithm.SHA256.newMessageDigest();
        try (DigestInputStream in = new DigestInputStream(tar.read(entry), compressed);
                InputStream inflated = GzipMembers.inflated(in)) {
            inflated.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), plain));
            in.transferTo(OutputStream.nullOutputStream());
        }
        Descriptor descriptor =
                Descriptor.of(TYPE, Digest.of(DigestAlgorithm.SHA256, compressed), entry.sizeBytes());
        return new Layer(entry, Digest.of(algorithm, plain), descriptor, Optional.empty());
    }

    private Path folder() throws IOException {
        if (folder.isEmpty()) {
            folder = Optional.of(Files.createTempDirectory("longshore-layers"));
        }
        return folder.get();
    }

    /** A layer that was added; empty if it was not. */
    synchronized Optional<InputStream> read(Digest digest) throws IOException {
        for (Layer layer : layers.values()) {
            if (layer.descriptor().digest().equals(digest)) {
                return Optional.of(
                        layer.file().isPresent() ? Files.newInputStream(layer.file().get()) : tar.read(layer.entry()));
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized void close() throws IOException {
        for (Layer layer : layers.values()) {
            if (layer.file().isPresent()) {
                Files.deleteIfExists(layer.file().get());
            }
        }
        layers.clear();
        if (folder.isPresent()) {
            Files.deleteIfExists(folder.get());
            folder = Optional.empty();
        }
    }
}
