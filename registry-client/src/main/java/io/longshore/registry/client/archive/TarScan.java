package io.longshore.registry.client.archive;

import io.longshore.registry.client.archive.TarFile.Entry;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Goes over a tar file once, from header to header, and notes what is where. Not thread-safe. */
final class TarScan {
    /** Images have some dozens of files; what has more than this is there to fill the memory. */
    private static final int MOST_ENTRIES = 100_000;

    /** Of records about the next entry, such as a long name. */
    private static final int LONGEST_RECORDS = 1 << 20;

    private final FileChannel channel;
    private final long lengthBytes;
    private final Map<String, Entry> entries = new HashMap<>();
    private long position;
    private int count;
    private Optional<String> name = Optional.empty();
    private Optional<String> target = Optional.empty();
    private Optional<Long> sizeBytes = Optional.empty();

    TarScan(FileChannel channel) throws IOException {
        this.channel = channel;
        this.lengthBytes = channel.size();
    }

    /** All entries that are files or links, by their names; of several with the same name the last one. */
    Map<String, Entry> entries() throws IOException {
        while (position < lengthBytes) {
            byte[] block = read(TarHeader.BLOCK_BYTES);
            if (position == TarHeader.BLOCK_BYTES) {
                refuseCompressed(block);
            }
            Optional<TarHeader> header = TarHeader.parse(block);
            if (header.isEmpty()) {
                return entries;
            }
            if (++count > MOST_ENTRIES) {
                throw new IOException("the archive has more than " + MOST_ENTRIES + " entries");
            }
            entry(header.get());
        }
        return entries;
    }

    private static void refuseCompressed(byte[] block) throws IOException {
        Optional<String> compression = Compression.of(block);
        if (compression.isPresent()) {
            throw new IOException("the archive as a whole is compressed (" + compression.get()
                    + "): decompress it first, so that it can be read from any place");
        }
    }

    private byte[] read(int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw cutOff();
            }
        }
        position += length;
        return buffer.array();
    }

    private static EOFException cutOff() {
        return new EOFException("the archive is cut off, or no tar archive");
    }

    private void entry(TarHeader header) throws IOException {
        long size = sizeBytes.orElse(header.sizeBytes());
        if (size < 0 || size > lengthBytes - position) {
            throw cutOff();
        }
        long offset = position;
        switch (header.type()) {
            case TarHeader.PAX -> pax(records(size));
            case TarHeader.GNU_NAME -> name = Optional.of(untilNul(records(size)));
            case TarHeader.GNU_TARGET -> target = Optional.of(untilNul(records(size)));
            default -> {
                note(header, offset, size);
                name = Optional.empty();
                target = Optional.empty();
                sizeBytes = Optional.empty();
            }
        }
        position = offset + Math.min(TarHeader.paddedBytes(size), lengthBytes - offset);
    }

    private byte[] records(long size) throws IOException {
        if (size > LONGEST_RECORDS) {
            throw new IOException("the archive has a name of more than " + LONGEST_RECORDS + " bytes");
        }
        return read((int) size);
    }

    private static String untilNul(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    private void note(TarHeader header, long offset, long size) throws IOException {
        String path = TarPath.of(name.orElse(header.name()));
        String linked = target.orElse(header.target());
        switch (header.type()) {
            case TarHeader.FILE -> entries.put(path, new Entry(offset, size, Optional.empty()));
            case TarHeader.SYMBOLIC_LINK -> entries.put(
                    path, new Entry(offset, 0, Optional.of(new TarFile.Link(path, linked, true))));
            case TarHeader.HARD_LINK -> entries.put(
                    path, new Entry(offset, 0, Optional.of(new TarFile.Link(path, linked, false))));
            default -> entries.remove(path);
        }
    }

    /** Records such as {@code 30 path=…}; the number is the length of the whole record (POSIX.1-2001, "pax"). */
    private void pax(byte[] bytes) throws IOException {
        int begin = 0;
        while (begin < bytes.length) {
            int space = begin;
            while (space < bytes.length && bytes[space] >= '0' && bytes[space] <= '9') {
                space++;
            }
            int length = space == begin || space - begin > 8
                    ? 0
                    : Integer.parseInt(new String(bytes, begin, space - begin, StandardCharsets.US_ASCII));
            if (length < space - begin + 2 || length > bytes.length - begin) {
                throw new IOException("the archive has broken records about an entry");
            }
            // Between the number with its space and the line end.
            record(new String(bytes, space + 1, begin + length - space - 2, StandardCharsets.UTF_8));
            begin += length;
        }
    }

    private void record(String record) throws IOException {
        String[] pair = record.split("=", 2);
        String value = pair.length == 2 ? pair[1] : "";
        switch (pair[0]) {
            case "path" -> name = Optional.of(value);
            case "linkpath" -> target = Optional.of(value);
            case "size" -> sizeBytes = Optional.of(number(value));
            default -> { }
        }
    }

    private static long number(String text) throws IOException {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IOException("the archive has an entry of impossible size", e);
        }
    }
}
