package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.longshore.registry.client.http.RetryPolicy;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryClientTest {
    private final TestRegistry registry = new TestRegistry();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void findsARegistry() throws IOException {
        registry.server().then(status(200));

        registry.client(1).ping();

        assertThat(registry.asked()).containsExactly("GET /v2/");
    }

    @Test
    void isNotLetIn() {
        registry.server().then(error(401, "UNAUTHORIZED", "who are you?"));

        assertThatExceptionOfType(RegistryException.Unauthenticated.class)
                .isThrownBy(() -> registry.client(1).ping())
                .withMessage("who are you?");
    }

    @Test
    void findsSomethingElse() {
        registry.server().then(body(404, "<html>"));

        assertThatIOException()
                .isThrownBy(() -> registry.client(1).ping())
                .withMessage("GET " + registry.server().uri("/v2/") + ": 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "https://x", "x/y", "a@b", "x?y"})
    void takesHostsOnly(String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> RegistryClient.builder(host));
    }

    @Test
    void asksDockerHubWhereItAnswers() {
        for (String name : List.of("docker.io", "index.docker.io", "registry-1.docker.io")) {
            assertThat(RegistryClient.builder(name).build()).hasToString("https://registry-1.docker.io");
        }
        assertThat(RegistryClient.builder("localhost:5000").build()).hasToString("http://localhost:5000");
    }

    @Test
    void speaksTlsToHostsThatAreNotNamed() {
        RegistryClient client = RegistryClient.builder("registry.invalid")
                .retries(new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .build();
        RegistryClient plain = RegistryClient.builder("registry.invalid:5000")
                .plain("registry.invalid:5000")
                .retries(new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .build();

        assertThatIOException().isThrownBy(client::ping).withMessageStartingWith("GET https://registry.invalid/v2/: ");
        assertThatIOException()
                .isThrownBy(plain::ping)
                .withMessageStartingWith("GET http://registry.invalid:5000/v2/: ");
    }

    @Test
    void fetchesAPageWhenItIsReached() {
        registry.server().then(
                body(200, "{\"name\":\"a/b\",\"tags\":[\"1\",\"2\"]}")
                        .with("Link", "</first>; rel=\"first\", </v2/a/b/tags/list?last=2&n=2>; rel=\"next\""),
                body(200, "{\"tags\":[]}").with("Link", "<http://inside:5000/v2/a/b/tags/list?last=3>;rel=next"),
                body(200, "{\"tags\":[\"4\"]}"));

        Iterator<Tag> tags = registry.repository().tags().iterator();

        assertThat(registry.asked()).isEmpty();
        assertThat(tags.next()).isEqualTo(Tag.parse("1"));
        assertThat(tags.next()).isEqualTo(Tag.parse("2"));
        assertThat(registry.asked()).containsExactly("GET /v2/a/b/tags/list");
        assertThat(tags.next()).isEqualTo(Tag.parse("4"));
        assertThat(tags.hasNext()).isFalse();
        assertThat(registry.asked()).containsExactly(
                "GET /v2/a/b/tags/list", "GET /v2/a/b/tags/list?last=2&n=2", "GET /v2/a/b/tags/list?last=3");
    }

    @Test
    void listsRepositories() {
        registry.server().then(body(200, "{\"repositories\":[\"a\",\"b/c\"]}"), body(200, "{\"repositories\":null}"));

        assertThat(registry.client(1).catalog()).extracting(Object::toString).containsExactly("a", "b/c");
        assertThat(registry.client(1).catalog()).isEmpty();
    }

    @Test
    void hasNoTagsOfWhatDoesNotExist() {
        registry.server().then(error(404, "NAME_UNKNOWN", "no such repository"));

        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> registry.repository().tags().toList())
                .withMessage("no such repository");
    }

    @Test
    void doesNotTurnInCircles() {
        registry.server().then(body(200, "{\"tags\":[\"1\"]}").with("Link", "</v2/a/b/tags/list>; rel=\"next\""));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> registry.repository().tags().toList())
                .withMessageContaining("names itself");
    }

    @Test
    void readsALinkAfterManyThatAreNone() {
        registry.server().then(
                body(200, "{\"tags\":[\"1\"]}")
                        .with("Link", "<".repeat(200_000) + "/v2/a/b/tags/list?last=1>; rel=next"),
                body(200, "{\"tags\":[\"2\"]}"));

        assertThat(registry.repository().tags()).hasSize(2);
        assertThat(registry.server().asked()).endsWith("GET /v2/a/b/tags/list?last=1");
    }

    @Test
    void endsListsWhosePagesGoRoundInACircle() throws IOException {
        for (int i = 0; i < 100; i++) {
            String next = "</v2/a/b/tags/list?last=" + (i < 3 ? "start" + i : "round" + i % 5) + ">; rel=next";
            registry.server().then(body(200, "{\"tags\":[]}").with("Link", next));
        }

        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> registry.repository().tags().count())
                .withMessageContaining("one that was there before");
        assertThat(registry.server().asked()).hasSizeLessThan(20);
    }

    @Test
    void listsNothingThatIsNoTag() {
        for (String page : List.of("{\"tags\":[\"a/b\"]}", "[]", "{\"tags\":[\"a\"")) {
            registry.server().then(body(200, page));

            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> registry.repository().tags().toList());
        }
    }
}
