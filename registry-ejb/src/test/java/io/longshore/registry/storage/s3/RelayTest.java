package io.longshore.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.storage.contract.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTest {
    private static final int SIZE = 100_000;

    @TempDir
    private Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static void fill(Relay relay, Content content) throws IOException {
        relay.filling().append(content.buffer(), content.sizeBytes());
    }

    @Test
    void sendsEachSpoolWholeAndInOrder() throws Exception {
        List<Content> contents = Stream.generate(() -> Content.random(SIZE)).limit(10).toList();
        List<byte[]> sent = new CopyOnWriteArrayList<>();
        try (Relay relay = new Relay(threads, directory)) {
            for (Content content : contents) {
                fill(relay, content);
                relay.send(bytes -> sent.add(bytes.bytes().readAllBytes()));
                assertThat(relay.filling().sizeBytes()).isZero();
            }
        }
        assertThat(sent).containsExactlyElementsOf(contents.stream().map(Content::bytes).toList());
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void fillsWhileItSends() throws Exception {
        CountDownLatch filled = new CountDownLatch(1);
        try (Relay relay = new Relay(threads, directory)) {
            fill(relay, Content.random(SIZE));
            relay.send(bytes -> await(filled));
            fill(relay, Content.random(SIZE));
            filled.countDown();
        }
    }

    @Test
    void isNotClosedWhileSomethingIsUnderWayAlthoughTheThreadIsInterrupted() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch closing = new CountDownLatch(1);
        Relay relay = new Relay(threads, directory);
        relay.send(bytes -> {
            await(closing);
            order.add("sent");
        });
        Thread.currentThread().interrupt();
        closing.countDown();
        relay.close();
        order.add("closed");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(order).containsExactly("sent", "closed");
    }

    @Test
    void saysOnceWhatWentWrong() throws Exception {
        Relay relay = new Relay(threads, directory);
        relay.send(bytes -> {
            throw new IOException("lost on the way");
        });

        assertThatExceptionOfType(IOException.class).isThrownBy(relay::await).withMessage("lost on the way");
        assertThatCode(relay::await).doesNotThrowAnyException();
        assertThatCode(relay::close).doesNotThrowAnyException();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
