package io.longshore.registry.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteKeysTest {
    private static final Issuer OLD = Issuer.ec("old");
    private static final Issuer NEW = Issuer.ec("new");

    private final TestServer server = new TestServer();
    private final TestClock clock = new TestClock(Issuer.NOW);
    private final HttpDocuments documents = new HttpDocuments(Optional.empty(), false);
    private final RemoteKeys keys =
            new RemoteKeys("the issuer", () -> documents.get(server.url("/jwks")), clock);

    RemoteKeysTest() throws IOException {
        server.answer("/jwks", Issuer.jwks(OLD));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private boolean knows(String id) throws IOException {
        return !keys.find(new KeyHint(id, List.of())).isEmpty();
    }

    private void cannotTell(String id) {
        assertThatThrownBy(() -> knows(id))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the keys of the issuer");
    }

    @Test
    void fetchesKeysOnceForAll() throws IOException {
        assertThat(server.requests()).isZero();
        assertThat(knows("old")).isTrue();
        assertThat(knows("old")).isTrue();
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void fetchesThemOnceMoreForOneThatIsNotAmongThem() throws IOException {
        assertThat(knows("old")).isTrue();
        server.answer("/jwks", Issuer.jwks(NEW));
        clock.advance(Duration.ofSeconds(10));

        assertThat(knows("new")).isTrue();
        assertThat(knows("old")).as("one that was withdrawn").isFalse();
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void doesNotFetchThemForEveryKeyThatSomebodyMakesUp() throws IOException {
        assertThat(knows("old")).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(knows("made-up-" + i)).isFalse();
        }
        clock.advance(Duration.ofSeconds(9));
        assertThat(knows("new")).isFalse();

        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void fetchesThemAgainFromTimeToTimeWithoutLettingAnybodyWait() throws Exception {
        assertThat(knows("old")).isTrue();
        CountDownLatch answer = new CountDownLatch(1);
        server.answer("/jwks", exchange -> {
            awaitUninterrupted(answer);
            TestServer.text(200, Issuer.jwks(NEW)).handle(exchange);
        });
        clock.advance(Duration.ofMinutes(5));

        assertThat(knows("old")).isTrue();
        await().until(() -> server.requests() == 2);
        assertThat(knows("old")).isTrue();
        answer.countDown();
        await().until(() -> !knows("old"));
        assertThat(knows("new")).isTrue();
        assertThat(server.requests()).isEqualTo(2);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void manyAtOnceWaitForOneFetch() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        server.answer("/jwks", exchange -> {
            awaitUninterrupted(answer);
            TestServer.text(200, Issuer.jwks(OLD)).handle(exchange);
        });
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> found = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                found.add(threads.submit(() -> knows("old")));
            }
            await().until(() -> server.requests() == 1);
            answer.countDown();
            for (Future<Boolean> each : found) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "<!DOCTYPE html><html></html>", "[]", "{}", "{\"keys\":{}}", "null", "{\"keys\":[", "\u0000"
    })
    void oldKeysGoOnWhileTheServerAnswersSomethingElse(String answer) throws IOException {
        assertThat(knows("old")).isTrue();
        server.answer("/jwks", TestServer.text(200, answer));
        clock.advance(Duration.ofHours(1));

        assertThat(knows("old")).isTrue();
        cannotTell("new");
        assertThat(knows("old")).isTrue();
    }

    @Test
    void oldKeysGoOnForADayWhileTheServerIsDown() throws IOException {
        assertThat(knows("old")).isTrue();
        server.close();

        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(knows("old")).isTrue();
        clock.advance(Duration.ofSeconds(1));
        cannotTell("old");
    }

    @Test
    void withoutAnyKeysItCannotBeToldAndTheServerIsNotAskedByEverybody() throws IOException {
        server.answer("/jwks", TestServer.text(503, ""));

        for (int i = 0; i < 10; i++) {
            cannotTell("old");
        }
        assertThat(server.requests()).isEqualTo(1);
        server.answer("/jwks", Issuer.jwks(OLD));
        clock.advance(Duration.ofSeconds(10));
        assertThat(knows("old")).isTrue();
    }

    @Test
    void verifierBelievesTokensWhileKeysChange() throws IOException {
        JwtVerifier verifier = new JwtVerifier(Issuer.rules(Issuer.NAME, Set.of(Issuer.AUDIENCE)), keys, clock);

        assertThat(verifier.verify(OLD.sign(Issuer.claims()))).isPresent();
        server.answer("/jwks", Issuer.jwks(OLD, NEW));
        clock.advance(Duration.ofSeconds(30));
        assertThat(verifier.verify(NEW.sign(Issuer.claims()))).isPresent();
        assertThat(verifier.verify(OLD.sign(Issuer.claims("jti", "2")))).isPresent();
        assertThat(verifier.verify(Issuer.ec("new").sign(Issuer.claims()))).isEmpty();
    }
}
