package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenServiceConfigTest {
    /** Something other than the default for each key, all of which fit together. */
    private static final Map<String, String> OTHER = Map.of(
            "auth.tokenservice.enabled", "false",
            "auth.tokenservice.issuer", "https://registry.example.com",
            "auth.tokenservice.service", "registry.example.com:5000",
            "auth.tokenservice.realm", "https://login.example.com/auth/token",
            "auth.tokenservice.expiration", "1h",
            "auth.tokenservice.refreshexpiration", "0",
            "auth.tokenservice.keyrotation", "24h",
            "http.secret", "hunter2");

    /** With a way of logging in. */
    static final TokenServiceConfig DEFAULTS = new TokenServiceConfig(
            true, "longshore", "longshore", Optional.empty(), Duration.ofMinutes(5), Duration.ofDays(90),
            Duration.ofDays(30), Optional.empty());

    static Set<String> keys() {
        return OTHER.keySet();
    }

    private static Given given(Map<String, String> keys) {
        Given given = Given.file("auth: {htpasswd: {path: users}}");
        keys.forEach((key, text) -> given.variable(Key.variable(key), text));
        return given;
    }

    private static TokenServiceConfig read(Map<String, String> keys) {
        return given(keys).config().auth().tokens();
    }

    @Test
    void hasADefaultForEverything() {
        assertThat(read(Map.of())).isEqualTo(DEFAULTS);
    }

    @Test
    void thereAreTokensWhereThereArePasswordsUnlessSaidOtherwise() {
        assertThat(Given.nothing().config().auth().tokens().enabled()).isFalse();
        assertThat(Given.key("auth.tokenservice.enabled", "true").config().auth().tokens().enabled()).isTrue();
        assertThat(read(Map.of("auth.tokenservice.enabled", "false")).enabled()).isFalse();
    }

    @Test
    void readsEveryKey() {
        assertThat(read(OTHER)).isEqualTo(new TokenServiceConfig(
                false, "https://registry.example.com", "registry.example.com:5000",
                Optional.of(URI.create("https://login.example.com/auth/token")), Duration.ofHours(1),
                Duration.ZERO, Duration.ofDays(1), Optional.of(Secret.of("hunter2"))));
    }

    @Test
    void tokensAreForTheIssuerUnlessSaidOtherwise() {
        assertThat(read(Map.of("auth.tokenservice.issuer", "registry.example.com")).service())
                .isEqualTo("registry.example.com");
    }

    @Test
    void showsNoSecret() {
        assertThat(read(Map.of("http.secret", "hunter2")).toString()).doesNotContain("hunter2");
    }

    @Test
    void warnsOfASecretThatCanBeGuessed() {
        assertThat(given(Map.of("http.secret", "hunter2")).warnings())
                .containsExactly("http.secret (REGISTRY_HTTP_SECRET): is so short that it can be guessed;"
                        + " expected at least 16 random characters");
        assertThat(given(Map.of("http.secret", "0123456789abcdef")).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "auth.tokenservice.issuer            | two words   | expected up to 255 letters",
        "auth.tokenservice.service           | a\"b        | expected up to 255 letters",
        "auth.tokenservice.realm             | /auth/token | expected http:// or https://",
        "auth.tokenservice.expiration        | 59s         | expected a duration from 1m to 24h",
        "auth.tokenservice.expiration        | 25h         | expected a duration from 1m to 24h",
        "auth.tokenservice.refreshexpiration | 59m         | expected 0, or a duration from 1h",
        "auth.tokenservice.keyrotation       | 59m         | expected a duration from 1h to 87600h",
        "auth.tokenservice.enabled           | perhaps     | expected true or false"
    })
    void refuses(String key, String text, String problem) {
        assertThat(given(Map.of(key, text)).problems())
                .singleElement()
                .asString()
                .startsWith(key + " (" + Key.variable(key) + "): " + problem);
    }
}
