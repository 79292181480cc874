package io.longshore.registry.client.layout;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.IndexText;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A folder of images and artifacts: their content under its digests, and an index that says what there is and what it is
 * called (OCI image-spec, Image Layout). Other programs may read the folder at any time, and see each file whole or not
 * at all. Thread-safe, but the index must have one writer at a time in all: what two write at once, one of them loses.
 */
public final class OciLayout implements LayoutReader {
    private static final String INDEX = "index.json";
    private static final int BUFFER = 64 << 10;
    /** As much as registries take of a manifest, and more. */
    private static final int LONGEST_INDEX = 64 << 20;

    private final Path folder;

    private OciLayout(Path folder) {
        this.folder = folder;
    }

    /**
     * The layout in this folder.
     *
     * @throws NoSuchFileException if there is none
     * @throws IOException if it cannot be read, or is of a version that is not known
     */
    public static OciLayout open(Path folder) throws IOException {
        if (!LayoutMark.isKnown(Files.readString(folder.resolve(LayoutMark.FILE)))) {
            throw new IOException("not an OCI layout of version 1.0.0: " + folder);
        }
        return new OciLayout(folder);
    }

    /**
     * The layout in this folder; makes it, and the folder, if there is none.
     *
     * @throws IOException as {@link #open}, or if it cannot be written
     */
    public static OciLayout openOrCreate(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(LayoutMark.FILE))) {
            Files.createDirectories(folder);
            OciLayout layout = new OciLayout(folder);
            if (!Files.exists(folder.resolve(INDEX))) {
                layout.replace(folder.resolve(INDEX), IndexText.EMPTY.getBytes(StandardCharsets.UTF_8));
            }
            layout.replace(folder.resolve(LayoutMark.FILE), LayoutMark.TEXT.getBytes(StandardCharsets.UTF_8));
        }
        return open(folder);
    }

    @Override
    public List<Descriptor> manifests() throws IOException {
        try {
            return Manifest.parse(indexBytes(), MediaTypes.OCI_INDEX).manifests();
        } catch (RegistryException.Invalid e) {
            throw new IOException("the index of the OCI layout in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Adds a manifest to the index under a name. Whatever was called so before stays, without the name. */
    public void add(Descriptor manifest, String name) throws IOException {
        rewrite(index -> IndexText.add(index, manifest, Optional.of(name)));
    }

    /** Adds a manifest to the index that is called by no name, unless its digest is there. */
    public void add(Descriptor manifest) throws IOException {
        if (manifests().stream().noneMatch(other -> other.digest().equals(manifest.digest()))) {
            rewrite(index -> IndexText.add(index, manifest, Optional.empty()));
        }
    }

    private synchronized void rewrite(UnaryOperator<String> change) throws IOException {
        manifests(); // What cannot be read must not be changed.
        String index = new String(indexBytes(), StandardCharsets.UTF_8);
        replace(folder.resolve(INDEX), change.apply(index).getBytes(StandardCharsets.UTF_8));
    }

    private byte[] indexBytes() throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(INDEX))) {
            byte[] bytes = in.readNBytes(LONGEST_INDEX);
            if (bytes.length == LONGEST_INDEX) {
                throw new IOException("the index of the OCI layout in " + folder + " is too long");
            }
            return bytes;
        }
    }

    /** How many bytes there are under this digest; empty if there are none. */
    public Optional<Long> size(Digest digest) throws IOException {
        try {
            return Optional.of(Files.size(file(digest)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream read(Digest digest) throws IOException {
        return Files.newInputStream(file(digest));
    }

    /**
     * Stores content under its digest, reading it to its end, without closing it. Where there is something under that
     * digest already, it is replaced by the same.
     *
     * @throws IOException if it cannot be read or written, or is not what the digest says; then nothing is stored
     */
    public void write(Digest digest, InputStream content) throws IOException {
        write(digest, part -> {
            Digest written = copy(digest, content, part);
            if (!written.equals(digest)) {
                throw new IOException("the content has digest " + written + " and not " + digest);
            }
        });
    }

    /** Fills a file. */
    @FunctionalInterface
    private interface Filling {
        void fill(Path part) throws IOException;
    }

    private void write(Digest digest, Filling content) throws IOException {
        Path file = file(digest);
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), ".", ".part");
        try {
            content.fill(part);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * As {@link #write(Digest, InputStream)}, of content that vouches for itself, as that of a registry does: reading it
     * to its end fails if it is not what the digest says.
     */
    public void writeVerified(Digest digest, InputStream content) throws IOException {
        write(digest, part -> {
            try (OutputStream out = Files.newOutputStream(part)) {
                content.transferTo(out);
            }
        });
    }

    private static Digest copy(Digest wanted, InputStream content, Path part) throws IOException {
        MessageDigest hash = wanted.algorithm().newMessageDigest();
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(part)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                hash.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        return Digest.of(wanted.algorithm(), hash);
    }

    private void replace(Path file, byte[] bytes) throws IOException {
        Path part = Files.createTempFile(folder, ".", ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Path file(Digest digest) {
        return folder.resolve("blobs").resolve(digest.algorithm().id()).resolve(digest.hex());
    }

    /** For messages: the folder. */
    @Override
    public String toString() {
        return folder.toString();
    }
}
