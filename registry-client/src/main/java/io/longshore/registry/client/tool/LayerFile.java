package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.VerifiedStream;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/**
 * A file that is to be pushed, as it is written: {@code path[:mediaType]}.
 *
 * @param mediaType if it is said
 */
record LayerFile(Path path, Optional<String> mediaType) {
    /** What a pulled file is called (OCI image-spec, "Pre-Defined Annotation Keys"). */
    static final String TITLE = "org.opencontainers.image.title";

    private static final int BUFFER = 64 << 10;

    /** What follows the last colon is a media type, unless the whole is a file. */
    static LayerFile parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1 || Files.exists(Path.of(text))) {
            return new LayerFile(Path.of(text), Optional.empty());
        }
        return new LayerFile(Path.of(text.substring(0, colon)), Optional.of(text.substring(colon + 1)));
    }

    /** How others are to call it: its path where that leads downwards from here, else its name alone. */
    String title() {
        Path normal = path.normalize();
        boolean isBelow = !normal.isAbsolute() && !normal.startsWith("..");
        return (isBelow ? normal : normal.getFileName()).toString().replace('\\', '/');
    }

    /**
     * Reads it to say what it is.
     *
     * @param usual media type, if none was said
     */
    Descriptor describe(String usual, boolean isTitled) throws IOException {
        if (Files.isDirectory(path)) {
            throw new UsageException(path + " is a folder: pack it into one file first, by tar for example");
        }
        MessageDigest hash = DigestAlgorithm.SHA256.newMessageDigest();
        byte[] buffer = new byte[BUFFER];
        long sizeBytes = 0;
        try (InputStream in = Files.newInputStream(path)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException(path + ": interrupted");
                }
                hash.update(buffer, 0, count);
                sizeBytes += count;
            }
        }
        Descriptor content =
                Descriptor.of(mediaType.orElse(usual), Digest.of(DigestAlgorithm.SHA256, hash), sizeBytes);
        return isTitled ? content.withAnnotations(Map.of(TITLE, title())) : content;
    }

    /** Its content, which fails at its end if the file was changed since. */
    InputStream open(Descriptor described) throws IOException {
        return new VerifiedStream(Files.newInputStream(path), described);
    }
}
