package io.longshore.registry.mirror;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A temporary file that one thread writes and any number read meanwhile, each at its own place: who comes to the end of
 * what is there waits for more. The file outlives no process, and goes when nobody has it open. Thread-safe.
 */
final class FollowedFile {
    /** Bytes come in pieces of a few KiB: to wake all readers for each takes more than to read them. */
    private static final int WAKING_BYTES = 256 * 1024;
    /** Who was not woken looks again after this. */
    private static final long LOOKING_NANOS = 20_000_000;

    private final FileChannel channel;
    private final Path path;
    private final long patienceNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long written;
    private long told;
    private int users = 1;
    private boolean isWhole;
    private Throwable failure;

    /**
     * An empty file, which its maker ends by {@link #end} or {@link #fail}.
     *
     * @param patience how long a reader waits for the next byte
     */
    FollowedFile(Path folder, Duration patience) throws IOException {
        Files.createDirectories(folder);
        path = Files.createTempFile(folder, "longshore-", ".fetch");
        channel = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        patienceNanos = patience.toNanos();
        dropName();
    }

    private void dropName() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // a system that keeps the names of open files; it goes when the file is closed
        }
    }

    /** Appends all of the bytes; by one thread alone. */
    void append(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        long position = written;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
        lock.lock();
        try {
            written += length;
            if (told == 0 || written - told >= WAKING_BYTES) {
                told = written;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** All bytes are there. */
    void end() throws IOException {
        end(null);
    }

    /** There will be no more, as the reader finds out who has read all that there are. */
    void fail(Throwable cause) throws IOException {
        end(cause);
    }

    private void end(Throwable cause) throws IOException {
        lock.lock();
        try {
            isWhole = cause == null;
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        release();
    }

    /** A reader, to be closed. Empty if the file is gone: it was ended, and nobody read it any more. */
    Optional<Reader> reader() {
        lock.lock();
        try {
            if (users == 0) {
                return Optional.empty();
            }
            users++;
            return Optional.of(new Reader());
        } finally {
            lock.unlock();
        }
    }

    private void release() throws IOException {
        boolean isLast;
        lock.lock();
        try {
            isLast = --users == 0;
        } finally {
            lock.unlock();
        }
        if (isLast) {
            channel.close();
        }
    }

    /** Reads what is there, and what is to come. Not thread-safe. */
    final class Reader implements Closeable {
        private boolean isClosed;

        private Reader() {}

        /**
         * As {@link java.nio.channels.FileChannel#read(ByteBuffer, long)}; waits for bytes that are to come.
         *
         * @throws IOException if none come: the file has failed, or has not grown for long
         */
        int read(ByteBuffer target, long position) throws IOException {
            long there = await(position);
            if (there <= position) {
                return -1;
            }
            int most = (int) Math.min(target.remaining(), there - position);
            ByteBuffer part = target.slice(target.position(), most);
            int count = channel.read(part, position);
            target.position(target.position() + Math.max(count, 0));
            return count;
        }

        /** How many bytes there are once there are more than these, or will never be. */
        private long await(long position) throws IOException {
            lock.lock();
            try {
                long left = patienceNanos;
                long before = written;
                while (written <= position && !isWhole && failure == null) {
                    if (left <= 0) {
                        throw new IOException("nothing has come for too long");
                    }
                    long slice = Math.min(left, LOOKING_NANOS);
                    left -= slice - changed.awaitNanos(slice);
                    if (written > before) {
                        before = written;
                        left = patienceNanos;
                    }
                }
                if (written <= position && failure != null) {
                    throw new IOException("the fetch has failed: " + failure.getMessage(), failure);
                }
                return written;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while bytes were waited for");
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() throws IOException {
            if (!isClosed) {
                isClosed = true;
                release();
            }
        }
    }
}
