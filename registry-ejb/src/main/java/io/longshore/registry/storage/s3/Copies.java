package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.object.Spool;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
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
        List<FutureTask<Void>> works = new ArrayList<>();
        for (long index = 0; index * segments.chunkBytes() < sizeBytes; index++) {
            long segment = index;
            long wanted = Math.min(segments.chunkBytes(), sizeBytes - index * segments.chunkBytes());
            works.add(new FutureTask<>(() -> {
                if (!failed.get()) {
                    copyUnless(failed, segments, segment, wanted, target);
                }
                return null;
            }));
        }
        begin(works);
        await(works, failed);
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

    private void begin(List<FutureTask<Void>> works) {
        for (FutureTask<Void> work : works) {
            try {
                threads.execute(work);
            } catch (RejectedExecutionException e) {
                work.cancel(true);
            }
        }
    }

    /**
     * Waits for all, also where the thread is interrupted: what the store copies after the upload was given up would
     * stay behind. The time is bounded, as those that have not begun then do not, and requests have an end.
     */
    private static void await(List<FutureTask<Void>> works, AtomicBoolean failed) throws IOException {
        boolean interrupted = false;
        Exception first = null;
        for (FutureTask<Void> work : works) {
            boolean ended = false;
            while (!ended) {
                try {
                    work.get();
                    ended = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                    failed.set(true);
                } catch (ExecutionException | CancellationException e) {
                    ended = true;
                    first = first == null ? e : first;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the parts of a blob were copied");
        }
        if (first != null) {
            throw failure(first);
        }
    }

    private static IOException failure(Exception end) {
        if (end instanceof CancellationException) {
            return new InterruptedIOException("closed while the parts of a blob were copied");
        }
        if (end.getCause() instanceof IOException failure) {
            return failure;
        }
        throw new IllegalStateException(end.getCause());
    }

    /** Ends what is under way, and who waits for it. */
    @Override
    public void close() {
        for (Runnable work : threads.shutdownNow()) {
            ((FutureTask<?>) work).cancel(true);
        }
    }
}
