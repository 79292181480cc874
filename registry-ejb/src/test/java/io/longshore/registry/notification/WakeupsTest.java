package io.longshore.registry.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakeupsTest {
    private static final long PATIENCE_SECONDS = 30;

    /** Of a broker that is away: finds that out when it is let. */
    private static final class Away implements ConnectionFactory {
        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch waiting;
        private final CountDownLatch end;

        Away(int waiting, CountDownLatch end) {
            this.waiting = new CountDownLatch(waiting);
            this.end = end;
        }

        @Override
        public JMSContext createContext(int sessionMode) {
            asked.incrementAndGet();
            waiting.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new JMSRuntimeException("away");
        }

        @Override
        public JMSContext createContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        public JMSContext createContext(String user, String password) {
            throw new UnsupportedOperationException();
        }

        @Override
        public JMSContext createContext(String user, String password, int sessionMode) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Connection createConnection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Connection createConnection(String user, String password) {
            throw new UnsupportedOperationException();
        }
    }

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void doesNotAskAgainSoonAfterAFailure() {
        Away away = new Away(0, new CountDownLatch(0));
        Wakeups wakeups = new Wakeups(away, null, executor);

        assertThatThrownBy(() -> wakeups.send("a")).isInstanceOf(IOException.class)
                .hasRootCauseInstanceOf(JMSRuntimeException.class);
        assertThatThrownBy(() -> wakeups.send("b")).isInstanceOf(IOException.class).hasNoCause();

        assertThat(away.asked).hasValue(1);
    }

    @Test
    void doesNotWaitForABrokerThatDoesNotAnswer() {
        Wakeups wakeups = new Wakeups(new Away(1, new CountDownLatch(1)), null, executor);

        assertThatThrownBy(() -> wakeups.send("a")).isInstanceOf(IOException.class)
                .hasCauseInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> wakeups.send("b")).isInstanceOf(IOException.class).hasNoCause();
    }

    @Test
    void refusesAtOnceWhenOthersWaitForTheBroker() throws InterruptedException {
        Away away = new Away(4, new CountDownLatch(1));
        Wakeups wakeups = new Wakeups(away, null, executor);
        for (int i = 0; i < 4; i++) {
            executor.submit(() -> {
                wakeups.send("a");
                return null;
            });
        }
        assertThat(away.waiting.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThatThrownBy(() -> wakeups.send("b")).isInstanceOf(IOException.class).hasNoCause();

        assertThat(away.asked).hasValue(4);
    }
}
