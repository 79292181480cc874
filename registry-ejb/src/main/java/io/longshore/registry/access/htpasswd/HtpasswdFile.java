package io.longshore.registry.access.htpasswd;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * An htpasswd file that is read again whenever it is another one. Nothing outlives what the file says now: while it
 * cannot be read there are no users. Thread-safe.
 */
final class HtpasswdFile {
    private static final int LARGEST_BYTES = 16 << 20;
    /** Within this time a file can change once more without a later time of change. */
    private static final Duration UNSETTLED = Duration.ofSeconds(2);
    private static final int ATTEMPTS = 5;
    private static final int MOST_WARNINGS = 20;

    private final Path path;
    private final Consumer<String> warnings;
    private volatile Reading last = new Reading(new Stamp(FileTime.fromMillis(0), -1, null), true, new byte[0],
            HtpasswdUsers.parse(""));

    /** Nothing is read yet. {@code warnings} is told what is wrong with lines, once for each change of the file. */
    HtpasswdFile(Path path, Consumer<String> warnings) {
        this.path = path;
        this.warnings = warnings;
    }

    /** What tells a file from the one that was read before. */
    private record Stamp(FileTime modified, long size, Object key) {
        static Stamp of(Path path) throws IOException {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return new Stamp(file.lastModifiedTime(), file.size(), file.fileKey());
        }

        boolean isSettled(Instant now) {
            return modified.toInstant().plus(UNSETTLED).isBefore(now);
        }
    }

    private record Reading(Stamp stamp, boolean settled, byte[] bytes, HtpasswdUsers users) {
        boolean holds(Stamp now) {
            return settled && stamp.equals(now);
        }
    }

    /**
     * The users in the file as it is now.
     *
     * @throws IOException if it is missing, cannot be read, or does not stop changing
     */
    HtpasswdUsers users() throws IOException {
        try {
            Reading reading = last;
            return reading.holds(Stamp.of(path)) ? reading.users() : readAgain();
        } catch (NoSuchFileException e) {
            throw new IOException("there is no htpasswd file " + path + "; htpasswd -cB " + path + " NAME makes one", e);
        }
    }

    private synchronized HtpasswdUsers readAgain() throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Stamp before = Stamp.of(path);
            if (last.holds(before)) {
                return last.users();
            }
            Instant begin = Instant.now();
            byte[] bytes = bytes();
            if (Stamp.of(path).equals(before)) {
                last = reading(before, before.isSettled(begin), bytes);
                return last.users();
            }
        }
        throw new IOException("the htpasswd file " + path + " changes while it is read");
    }

    private byte[] bytes() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new IOException("the htpasswd file " + path + " is larger than 16 MiB");
            }
            return bytes;
        }
    }

    private Reading reading(Stamp stamp, boolean settled, byte[] bytes) {
        if (Arrays.equals(bytes, last.bytes())) {
            return new Reading(stamp, settled, bytes, last.users());
        }
        HtpasswdUsers users = HtpasswdUsers.parse(new String(bytes, StandardCharsets.UTF_8));
        warn(users.problems());
        return new Reading(stamp, settled, bytes, users);
    }

    private void warn(List<String> problems) {
        problems.stream().limit(MOST_WARNINGS).forEach(problem -> warnings.accept(path + ": " + problem));
        if (problems.size() > MOST_WARNINGS) {
            warnings.accept(path + ": " + (problems.size() - MOST_WARNINGS) + " more lines like these");
        }
    }
}
