package io.longshore.registry.client.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;

/** The body of a request, which knows when the server took some of it. Thread-safe. */
final class SentBody implements BodyPublisher {
    private final BodyPublisher bytes;
    private volatile boolean isSent;
    private volatile long movedAt = System.nanoTime();

    SentBody(Optional<Body> body) {
        bytes = body.map(Body::publisher).orElseGet(BodyPublishers::noBody);
        isSent = contentLength() == 0;
    }

    /** Whether all of it is gone. */
    boolean isSent() {
        return isSent;
    }

    /** When it moved last, in the nanoseconds of {@link System#nanoTime}. */
    long movedAt() {
        return movedAt;
    }

    @Override
    public long contentLength() {
        return bytes.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        bytes.subscribe(new Watched(subscriber));
    }

    private void move(boolean isEnd) {
        movedAt = System.nanoTime();
        isSent = isEnd;
    }

    private final class Watched implements Subscriber<ByteBuffer> {
        private final Subscriber<? super ByteBuffer> subscriber;

        Watched(Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(ByteBuffer part) {
            move(false);
            subscriber.onNext(part);
        }

        @Override
        public void onError(Throwable cause) {
            subscriber.onError(cause);
        }

        @Override
        public void onComplete() {
            move(true);
            subscriber.onComplete();
        }
    }
}
