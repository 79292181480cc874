package io.longshore.registry.notification.http;

import io.longshore.registry.notification.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.concurrent.FutureCallback;

/**
 * One request that is under way, until the first of: a reply, a failure, the end of its time, the end of the sender.
 * Thread-safe.
 */
final class Attempt implements FutureCallback<Reply> {
    private final long start = System.nanoTime();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final Reply reply = new Reply(this::completed);
    private final Detail detail;
    private final Executor telling;
    private volatile Future<?> exchange;

    /** @param telling on which what depends on the answer runs, lest it holds up connections */
    Attempt(Detail detail, Executor telling) {
        this.detail = detail;
        this.telling = telling;
        // whoever cancels the future ends the request
        answer.whenComplete((told, failure) -> {
            if (ended.compareAndSet(false, true)) {
                abort();
            }
        });
    }

    CompletableFuture<Answer> answer() {
        return answer;
    }

    Reply reply() {
        return reply;
    }

    boolean isEnded() {
        return ended.get();
    }

    /** The request has begun. It is stopped at once if the attempt has ended already. */
    void began(Future<?> begun) {
        exchange = begun;
        if (isEnded()) {
            abort();
        }
    }

    @Override
    public void completed(Reply whole) {
        if (ended.compareAndSet(false, true)) {
            tell(OptionalInt.of(whole.status()), detail.of(whole),
                    whole.retryAfter().flatMap(value -> RetryAfter.parse(value, Instant.now())));
        }
    }

    @Override
    public void failed(Exception cause) {
        fail(cause);
    }

    @Override
    public void cancelled() {
        end("the request was ended");
    }

    /** There will be no reply. */
    void fail(Throwable cause) {
        if (ended.compareAndSet(false, true)) {
            tell(OptionalInt.empty(), status() + detail.of(cause), Optional.empty());
            abort();
        }
    }

    /** The time is over. */
    void timeOut(Duration timeout) {
        end("no end of the reply within " + timeout.toMillis() + " ms");
    }

    /** Ends it, for this reason. */
    void end(String why) {
        if (ended.compareAndSet(false, true)) {
            tell(OptionalInt.empty(), status() + why, Optional.empty());
            abort();
        }
    }

    private String status() {
        return reply.status() == 0 ? "" : "status " + reply.status() + ", but ";
    }

    private void tell(OptionalInt status, String text, Optional<Duration> retryAfter) {
        Answer told = new Answer(status, text, Duration.ofNanos(System.nanoTime() - start), retryAfter);
        telling.execute(() -> answer.complete(told));
    }

    private void abort() {
        reply.abort();
        Future<?> begun = exchange;
        if (begun != null) {
            begun.cancel(true);
        }
    }
}
