package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.notification.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpSenderLookupsTest {
    private static final TargetRules ANYWHERE = new TargetRules(true, true, List.of());
    private static final int MANY = 20;

    private final CountDownLatch found = new CountDownLatch(1);
    private final Queue<String> lookups = new ConcurrentLinkedQueue<>();
    private final HttpSender sender = new HttpSender(ANYWHERE, "1", this::lookup, Duration.ofMinutes(1));
    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        server = new RawServer((me, connection) -> {
            me.readRequest(connection);
            RawServer.write(connection, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
        });
    }

    @AfterEach
    void stop() throws IOException {
        sender.close();
        server.close();
    }

    /** Names that begin with "slow" are found when the test wants. */
    private InetAddress[] lookup(String host) throws UnknownHostException {
        lookups.add(host);
        if (host.startsWith("slow")) {
            try {
                found.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
        }
        return new InetAddress[] {InetAddress.getByName("127.0.0.1")};
    }

    private Endpoints at(String host) {
        return Endpoints.to(URI.create("http://" + host + ":" + server.url("http").getPort() + "/hook"));
    }

    private CompletableFuture<Answer> send(Endpoints endpoint) {
        return sender.send(endpoint.make(), List.of(Events.ping()));
    }

    private List<CompletableFuture<Answer>> sendMany(String host) {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            answers.add(send(at(host)));
        }
        return answers;
    }

    @Test
    void tellsOthersWhileTwoNamesAreNotFoundThatManyRequestsAreFor() throws Exception {
        List<CompletableFuture<Answer>> slow = sendMany("slow.example.com");
        slow.addAll(sendMany("slow.example.org"));

        assertThat(send(at("fine.example.com")).get().status()).hasValue(204);
        assertThat(slow).allSatisfy(one -> assertThat(one).isNotDone());
        assertThat(lookups).containsOnlyOnce("fine.example.com");

        found.countDown();
        for (CompletableFuture<Answer> one : slow) {
            assertThat(one.get().status()).hasValue(204);
        }
    }

    @Test
    void countsTheSameHostOnceHoweverItIsWritten() throws Exception {
        sendMany("slow.example.com");
        sendMany("SLOW.example.com");

        assertThat(send(at("fine.example.com")).get().status()).hasValue(204);
        assertThat(lookups.stream().filter(host -> host.equalsIgnoreCase("slow.example.com")))
                .hasSizeLessThanOrEqualTo(Lookups.MOST_OF_A_HOST);
    }

    @Test
    void doesNotSendWhatHasStoodInLineForTooLong() throws Exception {
        List<CompletableFuture<Answer>> before = sendMany("slow.example.com");
        Answer late = send(at("slow.example.com").timeout(Duration.ofMillis(1))).get();
        found.countDown();

        assertThat(late.detail()).isEqualTo("no end of the reply within 1 ms");
        before.add(send(at("slow.example.com")));
        for (CompletableFuture<Answer> one : before) {
            assertThat(one.get().status()).hasValue(204);
        }
        assertThat(lookups).hasSize(MANY + 1);
    }

    @Test
    void endsWhatStandsInLineWhenItIsClosed() throws Exception {
        List<CompletableFuture<Answer>> slow = sendMany("slow.example.com");
        sender.close();

        for (CompletableFuture<Answer> one : slow) {
            assertThat(one.get().detail()).isEqualTo("the registry is being stopped");
        }
    }
}
