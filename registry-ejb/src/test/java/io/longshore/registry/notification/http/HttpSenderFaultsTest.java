package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.notification.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderFaultsTest {
    private static final TargetRules ANYWHERE = new TargetRules(true, true, List.of());
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String OVER = "no end of the reply within 300 ms";

    private final HttpSender sender = new HttpSender(ANYWHERE, "1");
    private final List<RawServer> servers = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        sender.close();
        for (RawServer server : servers) {
            server.close();
        }
    }

    private RawServer server(RawServer.Behaviour behaviour) throws IOException {
        RawServer server = new RawServer(behaviour);
        servers.add(server);
        return server;
    }

    private Answer send(Endpoints endpoint) throws Exception {
        return sender.send(endpoint.make(), List.of(Events.ping())).get();
    }

    private void givesUp(RawServer server, String scheme, String detail) throws Exception {
        Answer answer = send(Endpoints.to(server.url(scheme)).timeout(SHORT));

        assertThat(answer.status()).isEmpty();
        assertThat(answer.isReceived()).isFalse();
        assertThat(answer.detail()).isEqualTo(detail);
        assertThat(server.seesAnEnd()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void givesUpOnAServerThatAcceptsAndSaysNothing(String scheme) throws Exception {
        givesUp(server(RawServer::awaitEnd), scheme, OVER);
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nX: ', ''",
        "'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n', 'status 200, but '"
    })
    void givesUpOnAReplyThatTrickles(String beginning, String detail) throws Exception {
        givesUp(server((server, connection) -> {
            server.readRequest(connection);
            RawServer.write(connection, beginning);
            server.trickle(connection);
        }), "http", detail + OVER);
    }

    @Test
    void givesUpOnABodyThatStops() throws Exception {
        givesUp(server(RawServer.replying("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")), "http",
                "status 200, but " + OVER);
    }

    @Test
    void givesUpOnRepliesBeforeTheReplyThatDoNotEnd() throws Exception {
        givesUp(server((server, connection) -> {
            server.readRequest(connection);
            while (!server.isTestOver()) {
                RawServer.write(connection, "HTTP/1.1 103 Early Hints\r\n\r\n");
            }
        }), "http", OVER);
    }

    @Test
    void doesNotTakeAReplyThatIsCutForOne() throws Exception {
        RawServer server = server((me, connection) -> {
            me.readRequest(connection);
            RawServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
        });
        Answer answer = send(Endpoints.to(server.url("http")));

        assertThat(answer.status()).isEmpty();
        assertThat(answer.detail())
                .isEqualTo("status 200, but the connection was closed before the end of the reply");
    }

    @Test
    void saysThatAConnectionWasClosedInsteadOfAReply() throws Exception {
        RawServer server = server((me, connection) -> me.readRequest(connection));

        assertThat(send(Endpoints.to(server.url("http"))).detail())
                .isEqualTo("the connection was closed before the end of the reply");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "SSH-2.0-OpenSSH_9.2\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nnothing\r\n\r\n"
    })
    void saysThatAReplyIsNotOneOfHttp(String reply) throws Exception {
        RawServer server = server(RawServer.replying(reply));

        assertThat(send(Endpoints.to(server.url("http"))).detail())
                .isEqualTo("the reply is not one of HTTP, or its header is too long");
        assertThat(server.seesAnEnd()).isTrue();
    }

    @Test
    void readsNoHeaderWithoutAnEnd() throws Exception {
        RawServer server = server((me, connection) -> {
            me.readRequest(connection);
            RawServer.write(connection, "HTTP/1.1 200 OK\r\nX: ");
            while (!me.isTestOver()) {
                RawServer.write(connection, "x".repeat(1000));
            }
        });

        assertThat(send(Endpoints.to(server.url("http"))).detail())
                .isEqualTo("the reply is not one of HTTP, or its header is too long");
    }

    @Test
    void readsNoMoreThanALimitOfABodyWithoutAnEnd() throws Exception {
        RawServer server = server((me, connection) -> {
            me.readRequest(connection);
            RawServer.write(connection, "HTTP/1.1 200 OK\r\n\r\n");
            while (!me.isTestOver()) {
                RawServer.write(connection, "x".repeat(1000));
            }
        });

        assertThat(send(Endpoints.to(server.url("http"))).status()).hasValue(200);
        assertThat(server.seesAnEnd()).isTrue();
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        URI url;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            url = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/");
        }

        assertThat(send(Endpoints.to(url)).detail())
                .isEqualTo("no connection: it is refused, or there is no way to the host");
    }

    @Test
    void saysThatAHostIsNotKnown() throws Exception {
        try (HttpSender lost = new HttpSender(ANYWHERE, "1", host -> {
            throw new UnknownHostException(host);
        }, Duration.ofMinutes(1))) {
            Answer answer = lost.send(
                    Endpoints.to(URI.create("http://hooks.example.com/")).make(), List.of(Events.ping())).get();

            assertThat(answer.detail()).isEqualTo("the host is not known");
        }
    }

    @Test
    void doesNotHaveOneReceiverWaitForAnotherThatHangs() throws Exception {
        RawServer hanging = server(RawServer::awaitEnd);
        RawServer fine = server(RawServer.replying("HTTP/1.1 204 No Content\r\n\r\n"));
        List<CompletableFuture<Answer>> waiting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiting.add(sender.send(Endpoints.to(hanging.url("http")).make(), List.of(Events.ping())));
        }

        assertThat(send(Endpoints.to(fine.url("http"))).status()).hasValue(204);
        assertThat(waiting).allSatisfy(one -> assertThat(one).isNotDone());
    }

    @Test
    void doesNotHaveOneReceiverWaitForWhatDependsOnTheAnswerOfAnother() throws Exception {
        RawServer fine = server(RawServer.replying("HTTP/1.1 204 No Content\r\n\r\n"));
        RawServer other = server(RawServer.replying("HTTP/1.1 204 No Content\r\n\r\n"));
        CountDownLatch go = new CountDownLatch(1);
        CompletableFuture<Void> busy = sender
                .send(Endpoints.to(fine.url("http")).make(), List.of(Events.ping()))
                .thenAccept(answer -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });

        assertThat(send(Endpoints.to(other.url("http"))).status()).hasValue(204);
        assertThat(busy).isNotDone();
        go.countDown();
        busy.get();
    }

    @Test
    void givesUpOnANameThatIsNotFoundInTimeAndSendsToOthersMeanwhile() throws Exception {
        RawServer fine = server(RawServer.replying("HTTP/1.1 204 No Content\r\n\r\n"));
        CountDownLatch go = new CountDownLatch(1);
        try (HttpSender patient = new HttpSender(ANYWHERE, "1", host -> {
            if (host.equals("slow.example.com")) {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new UnknownHostException(host);
                }
            }
            return InetAddress.getAllByName("127.0.0.1");
        }, Duration.ofMinutes(1))) {
            CompletableFuture<Answer> slow = patient.send(
                    Endpoints.to(URI.create("http://slow.example.com:1/")).timeout(SHORT).make(),
                    List.of(Events.ping()));
            CompletableFuture<Answer> other = patient.send(
                    Endpoints.to(fine.url("http")).timeout(SHORT.multipliedBy(100)).make(), List.of(Events.ping()));

            assertThat(other.get().status()).hasValue(204);
            assertThat(slow.get().detail()).isEqualTo(OVER);
            go.countDown();
        }
    }

    /** Reads a request, and says nothing. */
    private RawServer hanging() throws IOException {
        return server((me, connection) -> {
            me.readRequest(connection);
            me.awaitEnd(connection);
        });
    }

    @Test
    void endsWhatIsUnderWayWhenItIsClosed() throws Exception {
        RawServer hanging = hanging();
        CompletableFuture<Answer> waiting =
                sender.send(Endpoints.to(hanging.url("http")).make(), List.of(Events.ping()));
        assertThat(hanging.head()).startsWith("POST /hook HTTP/1.1\r\n");
        sender.close();

        assertThat(waiting.get().detail()).isEqualTo("the registry is being stopped");
        assertThat(hanging.seesAnEnd()).isTrue();
    }

    @Test
    void endsARequestWhoseAnswerNobodyWantsAnyMore() throws Exception {
        RawServer hanging = hanging();
        CompletableFuture<Answer> waiting =
                sender.send(Endpoints.to(hanging.url("http")).make(), List.of(Events.ping()));
        hanging.head();
        waiting.cancel(true);

        assertThat(hanging.seesAnEnd()).isTrue();
    }
}
