package io.longshore.registry.client.auth;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.redirect;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Origin;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.client.http.TestServer;
import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.client.http.TestServer.Seen;
import io.longshore.registry.client.http.TestTransport;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatedTransportTest {
    private static final Set<String> PULL = Set.of("repository:a/b:pull");
    private static final String ALICE = "Basic YWxpY2U6czNjcmV0";

    private final TestTransport time = new TestTransport();
    private final TestServer registry = new TestServer();
    private final TestServer tokens = new TestServer();
    private final Map<String, Credentials> known = new ConcurrentHashMap<>();
    private final AuthenticatedTransport transport = new AuthenticatedTransport(
            Origin.of(registry.uri("/")),
            time.plain(),
            host -> Optional.ofNullable(known.get(host)),
            time.timing().clock());

    @AfterEach
    void stop() {
        registry.close();
        tokens.close();
    }

    @Test
    void showsNothingToARegistryThatDoesNotAsk() throws IOException {
        alice();
        registry.then(status(200));

        assertThat(get(PULL)).isEqualTo(200);
        assertThat(shown()).containsExactly((String) null);
    }

    @Test
    void showsNameAndPasswordOnceAskedFor() throws IOException {
        alice();
        registry.then(status(401).with("WWW-Authenticate", "Basic realm=\"x\""), status(200), status(200));

        assertThat(get(PULL)).isEqualTo(200);
        assertThat(get(PULL)).isEqualTo(200);
        assertThat(shown()).containsExactly(null, ALICE, ALICE);
    }

    @Test
    void showsAPasswordThatIsRefusedNoSecondTime() throws IOException {
        alice();
        Reply refusal = status(401).with("WWW-Authenticate", "Basic realm=\"x\"");
        registry.then(refusal, refusal, refusal);

        assertThat(get(PULL)).isEqualTo(401);
        assertThat(get(PULL)).isEqualTo(401);
        assertThat(shown()).containsExactly(null, ALICE, ALICE);
    }

    @Test
    void hasNothingToShowWithoutCredentials() throws IOException {
        registry.then(status(401).with("WWW-Authenticate", "Basic realm=\"x\""), status(401));

        assertThat(get(PULL)).isEqualTo(401);
        assertThat(get(PULL)).isEqualTo(401);
        assertThat(shown()).containsExactly(null, null);
    }

    @Test
    void getsATokenForItsNameAndPassword() throws IOException {
        alice();
        registry.then(asksForTokens("&x=y", "repository:a/b:pull"), status(200), status(200));
        tokens.then(token("t1"));

        assertThat(get(PULL)).isEqualTo(200);
        assertThat(get(PULL)).isEqualTo(200);
        assertThat(shown()).containsExactly(null, "Bearer t1", "Bearer t1");
        assertThat(tokens.asked()).containsExactly(
                "GET /token?a=1&x=y&service=reg&scope=repository%3Aa%2Fb%3Apull&account=alice");
        assertThat(tokens.seen().get(0).header("Authorization")).isEqualTo(ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\\nX-More: 1", "s3cret\\r\\n", "s3\u00e9cret", "s3 cret"})
    void showsNobodyATokenThatCannotBeSent(String token) {
        registry.then(asksForTokens("", ""));
        tokens.then(token(token));

        assertThatIOException().isThrownBy(() -> get(PULL))
                .withMessageEndingWith("the reply has a token that cannot be sent")
                .withStackTraceContaining("TokenSource")
                .satisfies(e -> assertThat(e).rootCause().hasMessageNotContaining("cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//registry.example/token", "token", "file:/etc/passwd", "", "http:///", "%"})
    void asksNobodyForATokenWhereThereIsNoUrl(String realm) {
        registry.then(status(401).with("WWW-Authenticate", "Bearer realm=\"" + realm + "\""));

        assertThatIOException().isThrownBy(() -> get(PULL)).withMessageContaining("names no URL to get a token at");
    }

    @Test
    void getsATokenForNobody() throws IOException {
        registry.then(asksForTokens("", "repository:a/b:pull,push"), status(200));
        tokens.then(body(200, "{\"access_token\":\"t1\"}"));

        assertThat(get(PULL)).isEqualTo(200);
        assertThat(shown()).containsExactly(null, "Bearer t1");
        assertThat(tokens.asked()).containsExactly("GET /token?a=1&service=reg"
                + "&scope=repository%3Aa%2Fb%3Apull&scope=repository%3Aa%2Fb%3Apull%2Cpush");
        assertThat(tokens.seen().get(0).header("Authorization")).isNull();
    }

    @Test
    void exchangesAnIdentityToken() throws IOException {
        known.put(registry.authority(), Credentials.identityToken("s3cret/+"));
        registry.then(asksForTokens("", ""), status(200));
        tokens.then(token("t1"));

        assertThat(get(Set.of("repository:a:pull", "repository:b:pull"))).isEqualTo(200);
        assertThat(tokens.asked()).containsExactly("POST /token?a=1");
        assertThat(tokens.seen().get(0).text()).isEqualTo("grant_type=refresh_token&refresh_token=s3cret%2F%2B"
                + "&client_id=longshore&service=reg&scope=repository%3Aa%3Apull+repository%3Ab%3Apull");
        assertThat(tokens.seen().get(0).header("Authorization")).isNull();
    }

    @Test
    void showsAnIdentityTokenWhereItCannotBeExchanged() throws IOException {
        known.put(registry.authority(), Credentials.identityToken("s3cret"));
        registry.then(asksForTokens("", ""), status(200), asksForTokens("", ""), status(200));
        tokens.then(status(404), token("t1"), status(405), token("t2"));

        assertThat(get(PULL)).isEqualTo(200);
        assertThat(get(PULL)).isEqualTo(200);
        assertThat(tokens.asked()).extracting(asked -> asked.substring(0, 4))
                .containsExactly("POST", "GET ", "POST", "GET ");
        assertThat(tokens.seen().get(1).header("Authorization")).isEqualTo("Basic PHRva2VuPjpzM2NyZXQ=");
    }

    @Test
    void sendsAnIdentityTokenToNoOtherHost() {
        known.put(registry.authority(), Credentials.identityToken("s3cret"));
        registry.then(asksForTokens("", ""));
        try (TestServer thief = new TestServer()) {
            tokens.then(redirect(307, thief.uri("/token")));

            assertThatIOException().isThrownBy(() -> get(PULL)).withMessageContaining("redirected to");
            assertThat(thief.asked()).isEmpty();
        }
    }

    @Test
    void showsNothingWhereTheRegistryLeads() throws IOException {
        alice();
        registry.then(asksForTokens("", ""), status(200));
        tokens.then(token("t1"));
        get(PULL);
        try (TestServer storage = new TestServer(status(401).with("WWW-Authenticate", "Basic realm=\"x\""))) {
            registry.then(redirect(307, storage.uri("/blob")));

            assertThat(get(PULL)).isEqualTo(401);
            storage.then(asksForTokens("", ""));
            try (Response response = transport.send(Request.of("PUT", storage.uri("/upload")), PULL)) {
                assertThat(response.status()).isEqualTo(401);
            }
            assertThat(storage.seen()).extracting(seen -> seen.header("Authorization")).containsExactly(null, null);
        }
    }

    @Test
    void renewsATokenBeforeItExpires() throws IOException {
        registry.then(asksForTokens("", ""), status(200), status(200), status(200));
        tokens.then(body(200, "{\"token\":\"t1\",\"expires_in\":300}"), token("t2"));

        get(PULL);
        time.pass(Duration.ofSeconds(249));
        get(PULL);
        time.pass(Duration.ofSeconds(1));
        get(PULL);

        assertThat(shown()).containsExactly(null, "Bearer t1", "Bearer t1", "Bearer t2");
    }

    @Test
    void usesATokenForAMinuteAtLeast() throws IOException {
        registry.then(asksForTokens("", ""), status(200), status(200), status(200));
        tokens.then(body(200, "{\"token\":\"t1\",\"expires_in\":1}"), body(200, "{\"token\":\"t2\"}"));

        get(PULL);
        time.pass(Duration.ofSeconds(49));
        get(PULL);
        time.pass(Duration.ofSeconds(1));
        get(PULL);

        assertThat(shown()).containsExactly(null, "Bearer t1", "Bearer t1", "Bearer t2");
    }

    @Test
    void replacesATokenThatTheRegistryTakesNoMore() throws IOException {
        registry.then(asksForTokens("", ""), status(200), asksForTokens("", ""), status(200));
        tokens.then(token("t1"), token("t2"));

        assertThat(get(PULL)).isEqualTo(200);
        assertThat(get(PULL)).isEqualTo(200);
        assertThat(shown()).containsExactly(null, "Bearer t1", "Bearer t1", "Bearer t2");
    }

    @Test
    void asksForATokenOnceOnly() throws IOException {
        registry.then(asksForTokens("", ""), asksForTokens("", ""));
        tokens.then(token("t1"), token("t2"));

        assertThat(get(PULL)).isEqualTo(401);
        assertThat(tokens.asked()).hasSize(1);
    }

    @Test
    void keepsATokenForEachScope() throws IOException {
        registry.then(asksForTokens("", ""), status(200), status(200), status(200));
        tokens.then(token("t1"), token("t2"));

        get(PULL);
        get(Set.of("registry:catalog:*"));
        get(PULL);

        assertThat(shown()).containsExactly(null, "Bearer t1", "Bearer t2", "Bearer t1");
    }

    @Test
    void getsOneTokenForAllWhoNeedItAtOnce() throws Exception {
        registry.then(asksForTokens("", ""), status(200));
        tokens.then(body(200, "{\"token\":\"t1\",\"expires_in\":60}"), token("t2"), token("t3"));
        get(PULL);
        time.pass(Duration.ofSeconds(60));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                registry.then(status(200));
                results.add(threads.submit(() -> get(PULL)));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(200);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(tokens.asked()).hasSize(2);
    }

    @Test
    void saysWhoDoesNotTakeTheCredentials() {
        alice();
        registry.then(asksForTokens("", ""));
        tokens.then(body(401, "{\"details\":\"incorrect username or password\"}"));

        assertThatExceptionOfType(RegistryException.Unauthenticated.class)
                .isThrownBy(() -> get(PULL))
                .withMessage(Origin.of(tokens.uri("/")) + ", which gives out the tokens, does not take the password of"
                        + " alice for " + registry.authority());
    }

    @Test
    void saysThatATokenIsGoodForLessThanWasAskedFor() throws IOException {
        alice();
        Reply refusal = asksForTokens("", "repository:a/b:pull");
        registry.then(refusal, refusal);
        tokens.then(token("t1"));

        assertThat(failure(PULL))
                .hasMessage("GET " + registry.uri("/v2/") + ": 401 (" + registry.authority()
                        + " does not take the token for repository:a/b:pull that " + tokens.uri("/token?a=1")
                        + " gave for the password of alice)");
    }

    @Test
    void saysWithWhatItWasNotLetIn() throws IOException {
        Reply refusal = status(401).with("WWW-Authenticate", "Basic realm=\"x\"");
        registry.then(refusal, refusal, refusal);

        assertThat(failure(PULL)).hasMessageEndingWith(
                "was asked with no credentials, as none are known for " + registry.authority() + ")");
        alice();
        assertThat(failure(PULL)).hasMessageEndingWith(" was asked with the password of alice)");
    }

    @Test
    void saysWhatIsWrongWithATokenServer() {
        alice();
        for (Reply reply : List.of(
                status(404), body(200, "{}"), body(200, "[]"), body(200, "{\"token\":\"s3cret\",x"),
                body(200, "{\"token\":\"s3cret\",\"expires_in\":\"soon\"}"))) {
            registry.then(asksForTokens("", ""));
            tokens.then(reply);

            assertThatIOException()
                    .isThrownBy(() -> get(PULL))
                    .withMessageStartingWith("GET " + tokens.uri("/token") + ": ")
                    .withMessageNotContaining("s3cret");
        }
    }

    @Test
    void refusesARealmThatIsNoAddress() {
        for (String realm : List.of("token", "ftp://x/y", "http://[", "")) {
            registry.then(status(401).with("WWW-Authenticate", "Bearer realm=\"" + realm + "\""));

            assertThatIOException().isThrownBy(() -> get(PULL)).withMessageContaining("no URL");
        }
    }

    private void alice() {
        known.put(registry.authority(), Credentials.password("alice", "s3cret"));
        known.put(tokens.authority(), Credentials.password("mallory", "not for this"));
    }

    private int get(Set<String> scopes) throws IOException {
        try (Response response = transport.send(Request.of("GET", registry.uri("/v2/")), scopes)) {
            return response.status();
        }
    }

    private RegistryException failure(Set<String> scopes) throws IOException {
        return Failure.of(transport.send(Request.of("GET", registry.uri("/v2/")), scopes));
    }

    private List<String> shown() {
        List<String> values = new ArrayList<>();
        for (Seen seen : registry.seen()) {
            values.add(seen.header("Authorization"));
        }
        return values;
    }

    private Reply asksForTokens(String query, String scope) {
        return status(401).with(
                "WWW-Authenticate",
                "Bearer realm=\"" + tokens.uri("/token?a=1" + query) + "\",service=\"reg\",scope=\"" + scope + "\"");
    }

    private static Reply token(String token) {
        return body(200, "{\"token\":\"" + token + "\",\"access_token\":\"other\",\"expires_in\":3600}");
    }
}
