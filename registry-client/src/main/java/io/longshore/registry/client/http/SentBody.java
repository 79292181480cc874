package io.longshore.registry.client.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** The body of a request, which knows whose turn it is, and since when. Thread-safe. */
final class SentBody implements BodyPublisher {
    private final BodyPublisher bytes;
    private volatile State state;
    private int reading;
    private boolean isComplete;

    /** Who is waited for. */
    enum Turn {
        /** The content, to be read. */
        CONTENT,
        /** The server, to take what was read. */
        SERVER,
        /** The server, to answer, since it has all. */
        ANSWER
    }

    /** @param since in the nanoseconds of {@link System#nanoTime} */
    record State(Turn turn, long since) {
        static State begin(Turn turn) {
            return new State(turn, System.nanoTime());
        }
    }

    SentBody(Optional<Body> body) {
        bytes = body.map(Body::publisher).orElseGet(BodyPublishers::noBody);
        state = State.begin(contentLength() == 0 ? Turn.ANSWER : Turn.SERVER);
    }

    State state() {
        return state;
    }

    @Override
    public long contentLength() {
        return bytes.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        bytes.subscribe(new Watched(subscriber));
    }

    private synchronized void beginReading() {
        reading++;
        state = State.begin(Turn.CONTENT);
    }

    private synchronized void endReading() {
        reading--;
        if (reading == 0) {
            state = State.begin(isComplete ? Turn.ANSWER : Turn.SERVER);
        }
    }

    private synchronized void complete(boolean isEnd) {
        isComplete = isEnd;
        state = State.begin(isEnd ? Turn.ANSWER : Turn.SERVER);
    }

    private final class Watched implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> subscriber;

        Watched(Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            complete(false);
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long count) {
                    // The content is read in here: what was asked for, and what follows it.
                    beginReading();
                    try {
                        subscription.request(count);
                    } finally {
                        endReading();
                    }
                }

                @Override
                public void cancel() {
                    subscription.cancel();
                }
            });
        }

        @Override
        public void onNext(ByteBuffer part) {
            subscriber.onNext(part);
        }

        @Override
        public void onError(Throwable cause) {
            subscriber.onError(cause);
        }

        @Override
        public void onComplete() {
            complete(true);
            subscriber.onComplete();
        }
    }
}
