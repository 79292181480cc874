package io.longshore.registry.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StreamedBodyTest {
    private static final byte[] CONTENT = new byte[100];

    private final List<ByteBuffer> parts = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final StreamedBody body = new StreamedBody(
            () -> {
                open.incrementAndGet();
                return new ByteArrayInputStream(CONTENT) {
                    private boolean isClosed;

                    @Override
                    public void close() {
                        if (!isClosed) {
                            isClosed = true;
                            open.decrementAndGet();
                        }
                    }
                };
            },
            0, CONTENT.length);

    private void send() {
        body.publisher().subscribe(new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            public void onNext(ByteBuffer part) {
                parts.add(part);
            }

            @Override
            public void onError(Throwable cause) {
                parts.clear();
            }

            @Override
            public void onComplete() {
                parts.clear();
            }
        });
    }

    @Test
    void closesWhatIsOpenedAfterTheRequestWasGivenUp() {
        body.close();

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::send);
        assertThat(open).hasValue(0);
        assertThat(body.failure()).isPresent();
    }
}
