package io.longshore.registry.notification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Endpoints that answer as a test says, and remember what they were told. Thread-safe. */
final class FakeReceiver implements Sender {
    static final Answer OK = answer(200);
    private static final long LONGEST_SECONDS = 30;

    /** A request to an endpoint. */
    record Sent(String endpoint, List<Event> events) {
        Event event() {
            return events.get(0);
        }
    }

    private final LinkedBlockingQueue<Sent> sent = new LinkedBlockingQueue<>();
    private volatile Function<Sent, CompletableFuture<Answer>> script = request -> CompletableFuture.completedFuture(OK);

    static Answer answer(int status) {
        return new Answer(OptionalInt.of(status), "status " + status, Duration.ofMillis(3), Optional.empty());
    }

    /** From now on, requests are answered so. */
    void answers(Function<Sent, Answer> answers) {
        script = request -> CompletableFuture.completedFuture(answers.apply(request));
    }

    /** From now on, requests are answered when the test says so. */
    void answersLater(Function<Sent, CompletableFuture<Answer>> answers) {
        script = answers;
    }

    @Override
    public CompletableFuture<Answer> send(Endpoint endpoint, List<Event> events) {
        Sent request = new Sent(endpoint.name(), List.copyOf(events));
        CompletableFuture<Answer> answer = script.apply(request);
        sent.add(request);
        return answer;
    }

    /** The next request, in the order in which they came. */
    Sent next() throws InterruptedException {
        Sent next = sent.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was sent");
        }
        return next;
    }

    List<Sent> next(int count) throws InterruptedException {
        List<Sent> next = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            next.add(next());
        }
        return next;
    }

    /** What came beyond that. */
    List<Sent> rest() {
        List<Sent> rest = new ArrayList<>();
        sent.drainTo(rest);
        return rest;
    }

    @Override
    public void close() {}
}
