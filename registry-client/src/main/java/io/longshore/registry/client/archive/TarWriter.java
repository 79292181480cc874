package io.longshore.registry.client.archive;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a tar file from its beginning to its end, going back only to the header of the entry at hand: how long that
 * is, and what it is called, need not be known before. The file is there when {@link #finish} returns; without it,
 * {@link #close} leaves nothing behind. Not thread-safe.
 */
final class TarWriter implements Closeable {
    private static final int END_BLOCKS = 2;
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path file;
    private final Path part;
    private final FileChannel channel;

    private TarWriter(Path file, Path part) throws IOException {
        this.file = file;
        this.part = part;
        this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Begins a file, which replaces what is there once it is finished. */
    static TarWriter create(Path file) throws IOException {
        String name = '.' + file.getFileName().toString() + '.' + UUID.randomUUID() + ".part";
        return new TarWriter(file, file.resolveSibling(name));
    }

    /** A file of the archive that is being written. */
    final class Growing extends OutputStream {
        private final long begin;
        private final long header;

        private Growing(String name) throws IOException {
            begin = channel.position();
            if (name.getBytes(StandardCharsets.UTF_8).length > TarHeader.LONGEST_NAME) {
                TarWriter.this.writeAll(pathRecord(name));
            }
            header = channel.position();
            channel.position(header + TarHeader.BLOCK_BYTES);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            TarWriter.this.writeAll(ByteBuffer.wrap(bytes, offset, length));
        }

        /** Ends it under this name, or the short form of the one that it was begun with. */
        void end(String name) throws IOException {
            long end = channel.position();
            long size = end - header - TarHeader.BLOCK_BYTES;
            channel.position(header);
            TarWriter.this.writeAll(ByteBuffer.wrap(TarHeader.write(shortened(name), TarHeader.FILE, size)));
            channel.position(end);
            TarWriter.this.writeAll(ByteBuffer.allocate((int) (TarHeader.paddedBytes(size) - size)));
        }

        /** Writes what is left of a stream. */
        void writeAll(InputStream content) throws IOException {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                write(buffer, 0, count);
            }
        }

        /** Takes it out again. */
        void cancel() throws IOException {
            channel.truncate(begin);
            channel.position(begin);
        }

        /** The same, because of what failed: that is to be heard of, whatever fails now. */
        void cancel(Exception reason) {
            try {
                cancel();
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }

    /** Begins an entry, which is ended or cancelled before the next one. */
    Growing begin(String name) throws IOException {
        return new Growing(name);
    }

    void add(String name, byte[] content) throws IOException {
        Growing entry = begin(name);
        try {
            entry.write(content);
            entry.end(name);
        } catch (IOException e) {
            entry.cancel(e);
            throw e;
        }
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), TarHeader.LONGEST_NAME));
    }

    /** Says before an entry what it is called, where that does not fit into its header. */
    private static ByteBuffer pathRecord(String name) {
        String rest = " path=" + name + '\n';
        int length = rest.getBytes(StandardCharsets.UTF_8).length;
        int digits = Integer.toString(length).length();
        if (Integer.toString(length + digits).length() > digits) {
            digits++;
        }
        byte[] record = (length + digits + rest).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate((int) (TarHeader.BLOCK_BYTES + TarHeader.paddedBytes(record.length)))
                .put(TarHeader.write("pax", TarHeader.PAX, record.length))
                .put(record)
                .rewind();
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Ends the archive, and puts it where it belongs. */
    void finish() throws IOException {
        writeAll(ByteBuffer.allocate(END_BLOCKS * TarHeader.BLOCK_BYTES));
        channel.close();
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }

    /** For messages: the file. */
    @Override
    public String toString() {
        return file.toString();
    }
}
