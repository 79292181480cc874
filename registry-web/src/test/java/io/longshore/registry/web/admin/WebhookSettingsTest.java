package io.longshore.registry.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.config.Secret;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.notification.Endpoint;
import io.longshore.registry.notification.http.TargetRules;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {
    private static final Secret FRESH = Secret.of("whsec_fresh");
    private static final String URL = "\"url\": \"https://hooks.example.com/x\"";
    private static final TargetRules ANYWHERE = new TargetRules(true, true, List.of());

    private static <T> T body(String json, Function<Fields, T> form) {
        try {
            return new JsonReader()
                    .readFrom(
                            JsonBody.class, JsonBody.class, new Annotation[0], MediaType.APPLICATION_JSON_TYPE, null,
                            new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
                    .as(form);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WebhookSettings read(String json) {
        return body("{" + json + "}", fields -> WebhookSettings.read(fields, ANYWHERE));
    }

    private static Endpoint made(String json) {
        return read(json).made("chat", FRESH);
    }

    @Test
    void withoutSettingsThereAreTheUsualOnes() {
        Endpoint made = made(URL);

        assertThat(made.name()).isEqualTo("chat");
        assertThat(made.url()).isEqualTo(URI.create("https://hooks.example.com/x"));
        assertThat(made.headers()).isEmpty();
        assertThat(made.format()).isEqualTo(EndpointConfig.Format.DISTRIBUTION);
        assertThat(made.filter().actions()).isEqualTo(EndpointConfig.Format.DISTRIBUTION.standardActions());
        assertThat(made.filter().repositories()).containsExactly(RepositoryPattern.ALL);
        assertThat(made.pace()).isEqualTo(EndpointConfig.Pace.STANDARD);
        assertThat(made.batchSize()).isEqualTo(1);
        assertThat(made.includeReferences()).isFalse();
        assertThat(made.secrets()).as("signed unless somebody says otherwise").containsExactly(FRESH);
        assertThat(made.route()).isEqualTo(new EndpointConfig.Route(Optional.empty(), Optional.empty()));
    }

    @Test
    void takesAllSettings() {
        Endpoint made = made(URL + """
                , "headers": {"Authorization": "Bearer a", "X-Two": ["b", "c"], "X-None": null},
                "secrets": ["a new secret of many letters", "an old secret of many letters"],
                "format": "cloudevents", "actions": ["push", "tag.delete"], "ignoredMediaTypes": ["a/b"],
                "repositories": ["team/**"], "timeout": "500ms", "threshold": 3, "backoff": "2s",
                "longestBackoff": "1m", "giveUp": "24h", "batchSize": 100, "includeReferences": true,
                "proxy": "http://proxy:3128/\"""");

        assertThat(made.headers()).isEqualTo(Map.of(
                "Authorization", List.of(Secret.of("Bearer a")), "X-Two", List.of(Secret.of("b"), Secret.of("c"))));
        assertThat(made.secrets()).containsExactly(
                Secret.of("a new secret of many letters"), Secret.of("an old secret of many letters"));
        assertThat(made.format()).isEqualTo(EndpointConfig.Format.CLOUDEVENTS);
        assertThat(made.filter().actions()).containsExactlyInAnyOrder(
                EventAction.MANIFEST_PUSH, EventAction.BLOB_PUSH, EventAction.TAG_DELETE);
        assertThat(made.filter().ignoredMediaTypes()).isEqualTo(Set.of("a/b"));
        assertThat(made.filter().repositories()).containsExactly(RepositoryPattern.parse("team/**"));
        assertThat(made.pace()).isEqualTo(new EndpointConfig.Pace(
                Duration.ofMillis(500), 3, Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofHours(24)));
        assertThat(made.batchSize()).isEqualTo(100);
        assertThat(made.includeReferences()).isTrue();
        assertThat(made.route().proxy()).contains(URI.create("http://proxy:3128"));
    }

    @Test
    void aLongBackoffNeedsNotBeSaidTwice() {
        assertThat(made(URL + ", \"backoff\": \"1h\"").pace().longest()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whoeverWantsNoSignatureGetsNone() {
        assertThat(made(URL + ", \"sign\": false").secrets()).isEmpty();
        assertThat(made(URL + ", \"secrets\": []").secrets()).isEmpty();
        assertThat(made(URL + ", \"secrets\": [\"a secret of so many letters\"], \"sign\": true").secrets()).hasSize(1);
    }

    @Test
    void aChangeLeavesWhatCannotBeReadBack() {
        Endpoint before = made(URL + """
                , "headers": {"Authorization": "Bearer a"}, "threshold": 3, "batchSize": 7""");

        Endpoint changed = read("\"threshold\": 5").changed("chat", Optional.of(before), Secret.of("another"));

        assertThat(changed.url()).isEqualTo(before.url());
        assertThat(changed.headers()).isEqualTo(before.headers());
        assertThat(changed.secrets()).isEqualTo(before.secrets());
        assertThat(changed.pace().threshold()).isEqualTo(5);
        assertThat(changed.batchSize()).as("this can be read back").isEqualTo(1);
    }

    @Test
    void aChangeReplacesWhatIsSaid() {
        Optional<Endpoint> before = Optional.of(made(URL + ", \"headers\": {\"Authorization\": \"Bearer a\"}"));
        Secret another = Secret.of("another");

        assertThat(read("\"headers\": {}").changed("chat", before, another).headers()).isEmpty();
        assertThat(read("\"sign\": true").changed("chat", before, another).secrets()).containsExactly(FRESH);
        Endpoint unsigned = read("\"sign\": false").changed("chat", before, another);
        assertThat(unsigned.secrets()).isEmpty();
        assertThat(read("").changed("chat", Optional.of(unsigned), another).secrets()).isEmpty();
        assertThat(read("\"sign\": true").changed("chat", Optional.of(unsigned), another).secrets())
                .containsExactly(another);
    }

    /** Else whoever may change the address could read them at an address of their own. */
    @Test
    void headersDoNotFollowToAnotherServer() {
        Optional<Endpoint> before = Optional.of(made(URL + ", \"headers\": {\"Authorization\": \"Bearer a\"}"));

        assertThatThrownBy(() -> read("\"url\": \"https://evil.example.com/x\"").changed("chat", before, FRESH))
                .isInstanceOf(RegistryException.Invalid.class).hasMessageContaining("headers");
        assertThat(read("\"url\": \"https://hooks.example.com/y\"").changed("chat", before, FRESH).headers())
                .isNotEmpty();
    }

    /** Any that the JVM trusts, in PEM. */
    private static String authority() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        byte[] der = ((X509TrustManager) trust.getTrustManagers()[0]).getAcceptedIssuers()[0].getEncoded();
        return "-----BEGIN CERTIFICATE-----\n" + Base64.getEncoder().encodeToString(der)
                + "\n-----END CERTIFICATE-----\n";
    }

    /** Else they could be read by a proxy, or with a certificate, of whoever may change these. */
    @ParameterizedTest
    @ValueSource(strings = {"\"proxy\": \"http://evil.example.com\"", "\"authorities\": \"$\""})
    void whatIsHiddenGoesNoOtherWay(String json) throws GeneralSecurityException {
        Endpoint before = made(URL + ", \"headers\": {\"Authorization\": \"Bearer a\"}");
        String way = json.replace("$", authority().replace("\n", "\\n"));

        assertThatThrownBy(() -> read(way + ", \"headers\": {}").changed("chat", Optional.of(before), FRESH))
                .isInstanceOf(RegistryException.Invalid.class).hasMessageStartingWith("url");
        assertThatThrownBy(() -> read(way + ", " + URL).changed("chat", Optional.of(before), FRESH))
                .isInstanceOf(RegistryException.Invalid.class).hasMessageStartingWith("headers");
        Endpoint changed = read(way + ", \"headers\": {\"Authorization\": \"Bearer b\"}, " + URL)
                .changed("chat", Optional.of(before), FRESH);
        assertThat(read(way).changed("chat", Optional.of(changed), FRESH).headers())
                .as("the way that it goes already").isEqualTo(changed.headers());
        assertThat(read("").changed("chat", Optional.of(changed), FRESH).headers())
                .as("no other way than the usual one").isEqualTo(changed.headers());
    }

    @Test
    void nothingStaysThatThisNodeCannotRead() {
        String all = URL + ", \"headers\": {}, \"secrets\": []";
        assertThat(read(all).changed("chat", Optional.empty(), FRESH).url()).isNotNull();
        for (String left : List.of(URL, "\"headers\": {}", "\"secrets\": []")) {
            assertThatThrownBy(() -> read(left).changed("chat", Optional.empty(), FRESH))
                    .isInstanceOfSatisfying(RegistryException.Refused.class, refused ->
                            assertThat(refused.kind()).isEqualTo(RegistryException.Kind.CONFLICT));
        }
    }

    @Test
    void aNewEndpointHasAnAddress() {
        assertThatThrownBy(() -> made("\"threshold\": 5"))
                .isInstanceOf(RegistryException.Invalid.class)
                .hasMessage("url: expected it to be there");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"url\": \"ftp://hooks.example.com\" | url: expected ",
        "\"url\": \"https://user:geheim@hooks.example.com\" | url: expected no user and password",
        "\"url\": 5 | url: expected a text",
        "\"headers\": {\"Host\": \"x\"} | headers: Host is set by the registry alone",
        "\"headers\": {\"Webhook-Id\": [\"x\"]} | headers: Webhook-Id is set by the registry alone",
        "\"headers\": {\"X-A\": [\"geheim\\n\"]} | headers: expected values of printable ASCII",
        "\"headers\": {\"X-A\": 5} | headers.X-A: expected a list",
        "\"headers\": {\"X-A\": [5]} | headers.X-A[0]: expected a text",
        "\"headers\": [] | headers: expected an object",
        "\"secrets\": [\"geheim\"] | secrets: expected whsec_",
        "\"secrets\": [\"whsec_geheim\"] | secrets: expected whsec_",
        "\"secrets\": \"geheim\" | secrets: expected a list",
        "\"secrets\": [], \"sign\": true | sign: expected it to be left out",
        "\"sign\": \"yes\" | sign: expected true or false",
        "\"format\": \"xml\" | format: expected one of distribution, cloudevents",
        "\"actions\": [] | actions: expected at least one action",
        "\"actions\": [\"ping\"] | actions: expected push, pull",
        "\"ignoredMediaTypes\": [\"a\\u0000\"] | ignoredMediaTypes: expected media types",
        "\"repositories\": [] | repositories: expected patterns",
        "\"repositories\": [\"Team\"] | repositories: expected patterns",
        "\"timeout\": 5 | timeout: expected a text",
        "\"timeout\": \"5\" | timeout: expected a duration such as 10s",
        "\"timeout\": \"6m\" | timeout: expected a duration from 1ms to 5m",
        "\"threshold\": 0 | threshold: expected a whole number from 1",
        "\"threshold\": -1 | threshold: expected a whole number from 1",
        "\"threshold\": \"3\" | threshold: expected a whole number",
        "\"threshold\": 3.5 | threshold: expected a whole number",
        "\"threshold\": 99999999999999999999 | threshold: expected a whole number",
        "\"backoff\": \"25h\" | backoff: expected a duration from 1ms to 24h",
        "\"backoff\": \"1h\", \"longestBackoff\": \"30m\" | longestBackoff: expected at least the backoff, 1h",
        "\"giveUp\": \"0\" | giveUp: expected a duration from 1s to 8760h",
        "\"batchSize\": 1001 | batchSize: expected a whole number from 1 to 1000",
        "\"proxy\": \"https://proxy:3128\" | proxy: expected http://",
        "\"authorities\": \"none\" | authorities: expected certificates in PEM",
        "\"disabled\": true | disabled: there is no such field",
    })
    void refusesWhatIsNoSetting(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(RegistryException.Invalid.class)
                .hasMessageStartingWith(message.strip())
                .message().doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"url\": \"http://hooks.example.com/geheim\" | url: expected a URL of https://",
        "\"url\": \"https://169.254.169.254/geheim\" | url: 169.254.169.254 is an address of this machine",
        "\"url\": \"https://localhost/geheim\" | url: 127.0.0.1 is an address of this machine",
        "\"proxy\": \"http://10.0.0.1:3128\" | proxy: 10.0.0.1 is an address of this machine",
    })
    void refusesWhereEndpointsMayNotBe(String json, String message) {
        assertThatThrownBy(() -> body("{" + json + "}", fields -> WebhookSettings.read(fields, TargetRules.STRICT)))
                .isInstanceOf(RegistryException.Invalid.class)
                .hasMessageStartingWith(message)
                .message().doesNotContain("geheim");
    }

    @Test
    void showsNoSecrets() {
        assertThat(read(URL + ", \"secrets\": [\"a secret of so many letters\"]").toString())
                .doesNotContain("secret of", "hooks");
    }

    @Test
    void eventsAreToldAgainByIdOrByTimeOrBecauseTheyWereGivenUp() {
        String id = "0f0e5b6e-3a4d-4c55-9c0c-6d7b1d1c2b3a";
        assertThat(body("{\"deadLetters\": true}", WebhookReplay::read).events()).isEmpty();
        assertThat(body("{\"ids\": [\"" + id + "\"]}", WebhookReplay::read).events().orElseThrow().ids())
                .hasToString("[" + id + "]");
        assertThat(body("{\"from\": \"2026-01-31T12:00:00Z\"}", WebhookReplay::read).events().orElseThrow().toString())
                .isEqualTo("from 2026-01-31T12:00:00Z until now");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "{\"deadLetters\": false}", "{\"ids\": []}", "{\"ids\": [\"1-1-1-1-1\"]}", "{\"ids\": [\"x\"]}",
        "{\"deadLetters\": true, \"from\": \"2026-01-31T12:00:00Z\"}",
        "{\"deadLetters\": true, \"ids\": [\"0f0e5b6e-3a4d-4c55-9c0c-6d7b1d1c2b3a\"]}",
        "{\"ids\": [\"0f0e5b6e-3a4d-4c55-9c0c-6d7b1d1c2b3a\"], \"until\": \"2026-01-31T12:00:00Z\"}",
        "{\"from\": \"2026-01-31T12:00:00Z\", \"until\": \"2026-01-31T12:00:00Z\"}", "{\"from\": \"noon\"}",
        "{\"from\": \"+999999999-01-01T00:00:00Z\"}", "{\"until\": \"-0001-01-01T00:00:00Z\"}"
    })
    void refusesToTellAgainWhatIsNotSaidClearly(String json) {
        assertThatThrownBy(() -> body(json, WebhookReplay::read).events()).isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void namesStandInAddressesAsTheyAre() {
        assertThat(WebhooksResource.path("a chat & more")).isEqualTo("/api/v1/webhooks/a%20chat%20%26%20more");
    }
}
