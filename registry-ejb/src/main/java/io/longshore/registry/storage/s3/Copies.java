package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.object.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes segments parts of a blob, several at once. Thread-safe. */
final class Copies implements Closeable {
    private static final long IDLE_SECONDS = 30;

    private final Path spoolDirectory;
    private final ThreadPoolExecutor threads;

    Copies(int concurrency, Path spoolDirectory) {
        this.spoolDirectory = spoolDirectory;
        threads = new ThreadPoolExecutor(
                concurrency, concurrency, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Copies::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "longshore-s3-copy");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Makes the first {@code sizeBytes} of a stage, whole segments but for the last, the first parts of an upload. No
     * copy is under way any more when this returns or throws.
     */
    void copy(Segments segments, long sizeBytes, Multipart target) throws IOException {
        AtomicBoolean failed = new AtomicBoolean();
        List<Callable<Void>> works = new ArrayList<>();
        for (long index = 0; index * segments.chunkBytes() < sizeBytes; index++) {
            long segment = index;
            long wanted = Math.min(segments.chunkBytes(), sizeBytes - index * segments.chunkBytes());
            works.add(() -> {
                if (!failed.get()) {
                    copyUnless(failed, segments, segment, wanted, target);
                }
                return null;
            });
        }
        await(works);
    }

    private void copyUnless(AtomicBoolean failed, Segments segments, long index, long wanted, Multipart target)
            throws IOException {
        boolean done = false;
        try {
            int number = Math.toIntExact(index + 1);
            if (!target.copy(number, segments.key(index), wanted)) {
                copyByHand(segments, index, wanted, target);
            }
            done = true;
        } finally {
            if (!done) {
                failed.set(true);
            }
        }
    }

    /** The bytes come here and go back. */
    private void copyByHand(Segments segments, long index, long wanted, Multipart target) throws IOException {
        try (Spool spool = new Spool(spoolDirectory)) {
            load(segments, index, wanted, spool);
            target.upload(Math.toIntExact(index + 1), spool);
        }
    }

    /** Appends the first {@code wanted} bytes of a segment to a spool. */
    static void load(Segments segments, long index, long wanted, Spool spool) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        long left = wanted;
        try (ObjectReader reader = segments.read(index)) {
            while (left > 0) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), left));
                int read = reader.read(buffer);
                if (read < 0) {
                    throw new NoObjectException("segment " + index + " of " + segments + " is too short", null);
                }
                left -= read;
                spool.append(buffer.flip(), read);
            }
        }
    }

    private void await(List<Callable<Void>> works) throws IOException {
        try {
            for (Future<Void> work : threads.invokeAll(works)) {
                work.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the parts of a blob were copied");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
