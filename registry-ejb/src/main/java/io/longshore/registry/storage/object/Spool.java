package io.longshore.registry.storage.object;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Bytes on their way to an object store, which wants to know their number first and may want them twice. The first few
 * lie in memory, and once there are more, all of them in a temporary file, so that the heap does not grow with the
 * number and size of uploads. Not thread-safe; bytes can be read while none are appended.
 *
 * <p>The file outlives no process: where the system lets it, it loses its name at once. It is no channel, as the time-out
 * of a client that interrupts the thread would close that.
 */
public final class Spool implements Closeable {
    private static final int MOST_IN_MEMORY = 64 * 1024;
    private static final int COPY_BYTES = 16 * 1024;

    private final Path directory;
    private byte[] memory = new byte[1024];
    private Path path;
    private RandomAccessFile file;
    private long sizeBytes;
    private boolean closed;

    /** An empty spool that makes its file, if it needs one, in {@code directory}. */
    public Spool(Path directory) {
        this.directory = directory;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    /** Takes the next {@code length} bytes of the buffer. After a failure, the bytes that were there before still are. */
    public void append(ByteBuffer bytes, int length) throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        ByteBuffer part = bytes.slice(bytes.position(), length);
        if (file == null && sizeBytes + length > MOST_IN_MEMORY) {
            moveToFile();
        }
        if (file == null) {
            appendToMemory(part);
        } else {
            appendToFile(part);
        }
        sizeBytes += length;
        bytes.position(bytes.position() + length);
    }

    private void appendToMemory(ByteBuffer part) {
        int wanted = (int) sizeBytes + part.remaining();
        if (wanted > memory.length) {
            memory = Arrays.copyOf(memory, Math.max(wanted, Math.min(2 * memory.length, MOST_IN_MEMORY)));
        }
        part.get(memory, (int) sizeBytes, part.remaining());
    }

    private void moveToFile() throws IOException {
        if (path == null) {
            path = Files.createTempFile(directory, "longshore-", ".spool");
        }
        RandomAccessFile opened = new RandomAccessFile(path.toFile(), "rw");
        boolean done = false;
        try {
            opened.write(memory, 0, (int) sizeBytes);
            done = true;
        } finally {
            if (!done) {
                opened.close();
            }
        }
        file = opened;
        memory = null;
        dropName();
    }

    private void dropName() {
        try {
            Files.deleteIfExists(path);
            path = null;
        } catch (IOException e) {
            // a system that keeps the names of open files; it goes when the file is closed
        }
    }

    private void appendToFile(ByteBuffer part) throws IOException {
        file.seek(sizeBytes);
        if (part.hasArray()) {
            file.write(part.array(), part.arrayOffset() + part.position(), part.remaining());
            return;
        }
        byte[] some = new byte[Math.min(part.remaining(), COPY_BYTES)];
        while (part.hasRemaining()) {
            int length = Math.min(part.remaining(), some.length);
            part.get(some, 0, length);
            file.write(some, 0, length);
        }
    }

    /** All bytes from the first on; can be called again, also before the end. The stream need not be closed. */
    public InputStream bytes() {
        return new Bytes();
    }

    /** Forgets all bytes; the room is used again. */
    public void clear() {
        sizeBytes = 0;
    }

    /** Gives memory and file back; idempotent. */
    @Override
    public void close() throws IOException {
        closed = true;
        memory = null;
        if (file != null) {
            file.close();
        }
        if (path != null) {
            dropName();
        }
    }

    private final class Bytes extends InputStream {
        private long position;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (closed) {
                throw new ClosedChannelException();
            }
            if (length == 0) {
                return 0;
            }
            if (position >= sizeBytes) {
                return -1;
            }
            int wanted = (int) Math.min(length, sizeBytes - position);
            int read = wanted;
            if (file == null) {
                System.arraycopy(memory, (int) position, target, offset, wanted);
            } else {
                file.seek(position);
                read = file.read(target, offset, wanted);
            }
            position += Math.max(read, 0);
            return read;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, sizeBytes - position);
        }
    }
}
