package io.longshore.registry.it.client;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A layer that holds one file; the same arguments give the same bytes.
 *
 * @param tar the layer as a root file system takes it
 * @param blob the same, compressed, as a registry holds it
 */
record TestLayer(byte[] tar, Blob blob) {
    private static final String OCI_LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    static TestLayer of(String file, byte[] content) {
        byte[] tar = tar(file, content);
        return new TestLayer(tar, Blob.of(OCI_LAYER, gzip(tar)));
    }

    /** A layer that does not compress. */
    static TestLayer random(long seed, int sizeBytes) {
        byte[] content = new byte[sizeBytes];
        new Random(seed).nextBytes(content);
        return of("random-" + seed, content);
    }

    /** What an image configuration calls the layer. */
    Digest diffId() {
        return Digest.of(DigestAlgorithm.SHA256, tar);
    }

    private static byte[] tar(String file, byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length + 2048);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(file);
            entry.setSize(content.length);
            entry.setModTime(0);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
