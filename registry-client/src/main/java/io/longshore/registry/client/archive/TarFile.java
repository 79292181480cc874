package io.longshore.registry.client.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a tar file holds, and where. Nothing is open between two reads. Thread-safe, as long as nobody changes the file:
 * what is read then, is something else than its digest says.
 */
final class TarFile {
    private static final int MOST_LINKS = 10;

    private final Path file;
    private final Map<String, Entry> entries;

    private TarFile(Path file, Map<String, Entry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /** A name that stands for another one: for that beside it, or for that from the root of the archive. */
    record Link(String path, String target, boolean isSymbolic) {
        String resolved() throws IOException {
            return isSymbolic ? TarPath.besides(path, target) : TarPath.of(target);
        }
    }

    /** A file or a link. */
    record Entry(long offset, long sizeBytes, Optional<Link> link) {}

    /**
     * Reads the headers of a file.
     *
     * @throws IOException if it is no tar archive, is cut off or compressed, or has names that lead out of it
     */
    static TarFile open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new TarFile(file, new TarScan(channel).entries());
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The file of this name, links followed; empty if there is none. */
    Optional<Entry> find(String name) throws IOException {
        Entry entry = entries.get(TarPath.of(name));
        for (int links = 0; entry != null && entry.link().isPresent(); links++) {
            if (links == MOST_LINKS) {
                throw new IOException(this + ": " + name + " leads from link to link");
            }
            entry = entries.get(entry.link().get().resolved());
        }
        return Optional.ofNullable(entry);
    }

    /** Opens it, to be closed by the caller. */
    InputStream read(Entry entry) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(entry.offset());
        return new Part(Channels.newInputStream(channel), entry.sizeBytes());
    }

    /** The whole of it, which must be no longer than this. */
    byte[] bytes(Entry entry, int limitBytes) throws IOException {
        if (entry.sizeBytes() > limitBytes) {
            throw new IOException(this + ": has an entry of " + entry.sizeBytes() + " bytes where at most " + limitBytes
                    + " are to be expected");
        }
        try (InputStream in = read(entry)) {
            return in.readNBytes((int) entry.sizeBytes());
        }
    }

    /** So many bytes of what follows. */
    private static final class Part extends FilterInputStream {
        private long left;

        Part(InputStream in, long sizeBytes) {
            super(in);
            this.left = sizeBytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (left == 0 && length > 0) {
                return -1;
            }
            int count = in.read(bytes, offset, (int) Math.min(length, left));
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() {
            return 0;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** For messages: the file. */
    @Override
    public String toString() {
        return file.toString();
    }
}
