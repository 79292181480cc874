package io.longshore.registry.client.tool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file to be read, or standard input, which is written {@code -}.
 *
 * @param path empty for standard input
 */
record InputFile(Optional<Path> path) {
    /** More than registries take of a manifest. */
    private static final int MOST_BYTES = 64 << 20;

    static InputFile parse(String text) {
        return new InputFile(text.equals("-") ? Optional.empty() : Optional.of(Path.of(text)));
    }

    /** Its content, to be closed; standard input stays open for all that. */
    InputStream open(InputStream standard) throws IOException {
        return path.isPresent() ? Files.newInputStream(path.get()) : standard;
    }

    /** All of it, where that is not much. */
    byte[] read(InputStream standard) throws IOException {
        try (InputStream content = open(standard)) {
            byte[] bytes = content.readNBytes(MOST_BYTES);
            if (bytes.length == MOST_BYTES) {
                throw new IOException(this + ": is too long for a manifest");
            }
            return bytes;
        }
    }

    @Override
    public String toString() {
        return path.map(Path::toString).orElse("standard input");
    }
}
