package io.longshore.registry.access.jwt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * What stands in a file, read again whenever it is another one. Nothing outlives what the file says now. Thread-safe.
 *
 * @param <T> what it is read as, immutable
 */
final class WatchedFile<T> {
    private static final int LARGEST_BYTES = 1 << 20;
    /** Within this time a file can change once more without a later time of change. */
    private static final Duration UNSETTLED = Duration.ofSeconds(2);

    /** Reads what was in the file. */
    @FunctionalInterface
    interface Parser<T> {
        /**
         * @throws IOException if that is not what was expected
         */
        T parse(byte[] bytes) throws IOException;
    }

    private record Stamp(FileTime modified, long size, Object key) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(file.lastModifiedTime(), file.size(), file.fileKey());
        }
    }

    private record Reading<T>(Stamp stamp, boolean settled, T value) {
        boolean holds(Stamp now) {
            return settled && stamp.equals(now);
        }
    }

    private final Path path;
    private final Parser<T> parser;
    private volatile Reading<T> last;

    WatchedFile(Path path, Parser<T> parser) {
        this.path = path;
        this.parser = parser;
    }

    /**
     * What the file holds now.
     *
     * @throws IOException if it cannot be read, or holds something else
     */
    T read() throws IOException {
        Stamp now = Stamp.of(path);
        Reading<T> reading = last;
        return reading != null && reading.holds(now) ? reading.value() : readAgain(now);
    }

    private synchronized T readAgain(Stamp now) throws IOException {
        Reading<T> reading = last;
        if (reading != null && reading.holds(now)) {
            return reading.value();
        }
        boolean settled = now.modified().toInstant().plus(UNSETTLED).isBefore(Instant.now());
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new IOException("expected at most 1 MiB");
            }
            T value = parser.parse(bytes);
            last = new Reading<>(now, settled, value);
            return value;
        } catch (IOException e) {
            throw new IOException("the file " + path + " cannot be used: " + e.getMessage(), e);
        }
    }
}
