package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenAuthConfigTest {
    private static final String LEAST = "realm: https://auth.example/token, service: registry, issuer: auth";

    /** Something other than the default for each key, all of which fit together. */
    private static final Map<String, String> OTHER = Map.of(
            "realm", "https://auth.example/token?a=b",
            "service", "The registry",
            "issuer", "The issuer",
            "rootcertbundle", "/etc/roots.pem",
            "jwks", "http://auth.example/jwks",
            "jwkscafile", "/etc/ca.pem",
            "jwksallowhttp", "true",
            "signingalgorithms", "[RS256, EdDSA]",
            "autoredirect", "true",
            "autoredirectpath", "/some/where");

    static Set<String> keys() {
        return OTHER.keySet().stream().map(key -> "auth.token." + key).collect(Collectors.toSet());
    }

    private static Optional<TokenAuthConfig> reader(Settings settings, Problems problems) {
        return new TokenAuthConfigReader(settings, problems).read();
    }

    private static Part<Optional<TokenAuthConfig>> read(String fields) {
        return Part.read("auth: {token: {" + fields + "}}", TokenAuthConfigTest::reader);
    }

    private static Part<Optional<TokenAuthConfig>> read(Map<String, String> fields) {
        return read(fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .collect(Collectors.joining(", ")));
    }

    @Test
    void takesEveryKey() {
        assertThat(read(OTHER).faultless()).contains(new TokenAuthConfig(
                URI.create("https://auth.example/token?a=b"),
                "The registry",
                "The issuer",
                Optional.of(Path.of("/etc/roots.pem")),
                Optional.of(new JwksLocation.Url(URI.create("http://auth.example/jwks"))),
                Optional.of(Path.of("/etc/ca.pem")),
                true,
                Set.of(SigningAlgorithm.RS256, SigningAlgorithm.EDDSA),
                Optional.of("/some/where")));
    }

    static Set<String> others() {
        return OTHER.keySet();
    }

    @ParameterizedTest
    @MethodSource("others")
    void everyKeyChangesSomething(String key) {
        Map<String, String> without = new LinkedHashMap<>(OTHER);
        without.remove(key);
        Part<Optional<TokenAuthConfig>> part = read(without);

        assertThat(part.problems().isEmpty() ? part.value() : part.problems()).isNotEqualTo(read(OTHER).value());
    }

    @Test
    void hasTheDefaultsOfDistributionButForSharedSecrets() {
        TokenAuthConfig token = read(LEAST + ", rootcertbundle: a").faultless().orElseThrow();

        assertThat(token.algorithms()).isEqualTo(Set.of(SigningAlgorithm.values()));
        assertThat(token.jwks()).isEmpty();
        assertThat(token.redirectPath()).isEmpty();
        assertThat(read(LEAST + ", jwks: a, autoredirect: true").faultless().orElseThrow().redirectPath())
                .contains("/auth/token");
    }

    @Test
    void isThereOnlyIfItIsNamed() {
        assertThat(Part.read("auth: {}", TokenAuthConfigTest::reader).faultless()).isEmpty();
        assertThat(Given.file("auth: {token: {" + LEAST + ", jwks: a}}").config().auth().open()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth: token", "auth: {token: }", "auth: {token: {autoredirect: true}}"})
    void saysEverythingThatIsMissing(String yaml) {
        assertThat(Part.read(yaml, TokenAuthConfigTest::reader).problems()).containsExactly(
                "auth.token (/etc/registry/config.yml line 1): expected auth.token.realm to be set",
                "auth.token (/etc/registry/config.yml line 1): expected auth.token.service to be set",
                "auth.token (/etc/registry/config.yml line 1): expected auth.token.issuer to be set",
                "auth.token (/etc/registry/config.yml line 1): expected auth.token.jwks or auth.token.rootcertbundle"
                        + " to be set");
    }

    @Test
    void sharedSecretsAreNoWayToSign() {
        Part<Optional<TokenAuthConfig>> some = read(LEAST + ", jwks: a, signingalgorithms: [HS256, RS256]");
        assertThat(some.problems()).isEmpty();
        assertThat(some.warnings()).singleElement().asString().contains("shared secret");
        assertThat(some.value().orElseThrow().algorithms()).containsExactly(SigningAlgorithm.RS256);

        assertThat(read(LEAST + ", jwks: a, signingalgorithms: [HS256, HS384, HS512]").problems())
                .singleElement().asString().contains("auth.token.signingalgorithms").contains("private key");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "realm             | auth.example/token",
        "realm             | ftp://auth.example",
        "realm             | https://a b",
        "service           | a\\\"b",
        "service           | a\\r\\nX-A: b",
        "jwks              | https://",
        "jwks              | https://user:pw@auth.example/jwks",
        "signingalgorithms | none",
        "signingalgorithms | rs256",
        "autoredirectpath  | auth/token",
        "autoredirectpath  | /a b",
        "autoredirect      | perhaps",
    })
    void refusesWhatMakesNoSense(String key, String value) {
        Map<String, String> fields = new LinkedHashMap<>(OTHER);
        fields.put(key, '"' + value + '"');

        assertThat(read(fields).problems()).singleElement().asString().startsWith("auth.token." + key + " (");
    }

    @ParameterizedTest
    @CsvSource({
        "https://auth.example/jwks, true", "http://auth.example/jwks, false", "HTTP://AUTH.example/jwks, false",
        "http://127.0.0.1:8080/jwks, true", "http://localhost/jwks, true", "http://[::1]:80/jwks, true",
        "http://localhost.example/jwks, false", "/etc/jwks.json, true", "httpd/jwks.json, true"
    })
    void keysComeByHttpsOrFromThisMachine(String jwks, boolean fine) {
        List<String> problems = read(LEAST + ", jwks: '" + jwks + "'").problems();

        if (fine) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().asString().contains("auth.token.jwksallowhttp");
        }
    }

    @Test
    void warnsAboutWhatHasNoEffect() {
        assertThat(read(LEAST + ", jwks: a, jwkscafile: b, autoredirectpath: /a").warnings())
                .extracting(line -> line.substring(0, line.indexOf(" (")))
                .containsExactly("auth.token.jwkscafile", "auth.token.autoredirectpath");
    }
}
