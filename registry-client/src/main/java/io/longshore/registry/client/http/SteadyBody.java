package io.longshore.registry.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of a reply, of which little is held in memory. Reading it fails when nothing has come for too long; what
 * came before a failure is read before it. To be read by one thread; any may close it.
 */
final class SteadyBody extends InputStream implements BodySubscriber<SteadyBody> {
    /** So many parts, of some tens of kilobytes each, are fetched before they are read. */
    private static final int AHEAD = 4;

    private final Duration idle;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private Optional<Subscription> source = Optional.empty();
    private Iterator<ByteBuffer> part = Collections.emptyIterator();
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private boolean isAtEnd;
    private Optional<IOException> fault = Optional.empty();
    private volatile boolean isClosed;
    private volatile long missing;

    /**
     * @param idle how long nothing may come while somebody waits for it
     * @param length in bytes, if that is known
     */
    SteadyBody(Duration idle, OptionalLong length) {
        this.idle = idle;
        this.missing = length.orElse(Long.MAX_VALUE);
    }

    /** Some bytes, or why there are no more. */
    private record Part(List<ByteBuffer> bytes, boolean isLast, Optional<Throwable> fault) {
        private static final Part END = new Part(List.of(), true, Optional.empty());
    }

    @Override
    public CompletionStage<SteadyBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public synchronized void onSubscribe(Subscription subscription) {
        if (isClosed && missing > 0) {
            subscription.cancel();
            return;
        }
        source = Optional.of(subscription);
        subscription.request(AHEAD);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        missing -= bytes.stream().mapToLong(ByteBuffer::remaining).sum();
        parts.add(new Part(bytes, false, Optional.empty()));
    }

    @Override
    public void onError(Throwable cause) {
        parts.add(new Part(List.of(), true, Optional.of(cause)));
    }

    @Override
    public void onComplete() {
        parts.add(Part.END);
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, count);
        return count;
    }

    /** Whether there is something to read, after waiting for it. */
    private boolean fill() throws IOException {
        while (!buffer.hasRemaining()) {
            if (part.hasNext()) {
                buffer = part.next();
            } else if (isAtEnd) {
                return false;
            } else {
                take();
            }
        }
        return true;
    }

    private void take() throws IOException {
        if (isClosed) {
            throw new IOException("the stream is closed");
        }
        if (fault.isPresent()) {
            throw new IOException(fault.get().getMessage(), fault.get());
        }
        Part next = await();
        next.fault().ifPresent(this::fail);
        isAtEnd = next.isLast() && next.fault().isEmpty();
        part = next.bytes().iterator();
        if (!next.isLast()) {
            request();
        }
    }

    private Part await() throws IOException {
        try {
            Part next = parts.poll(idle.toNanos(), TimeUnit.NANOSECONDS);
            if (next != null) {
                return next;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cancel();
            throw new InterruptedIOException("interrupted while the reply was read");
        }
        cancel();
        return new Part(List.of(), true, Optional.of(
                new HttpTimeoutException("nothing has come for " + idle.toSeconds() + " s")));
    }

    private void fail(Throwable cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        fault = Optional.of(cause instanceof IOException known ? known : new IOException(reason, cause));
    }

    private synchronized void request() {
        source.ifPresent(known -> known.request(1));
    }

    private synchronized void cancel() {
        source.ifPresent(Subscription::cancel);
    }

    /** Does not wait; the connection is not used again if more bytes were to come. */
    @Override
    public void close() {
        isClosed = true;
        if (missing > 0) {
            cancel();
        }
        parts.add(new Part(List.of(), true, Optional.of(new IOException("the stream is closed"))));
    }
}
