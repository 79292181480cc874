package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcConfigTest {
    private static final String LEAST = "name: a, issuer: 'https://a.example', audience: b";

    private static List<OidcConfig> issuers(String yaml) {
        return Given.file(yaml).config().auth().logins().oidc();
    }

    private static Given item(String fields) {
        return Given.file("auth: {oidc: [{" + fields + "}]}");
    }

    @Test
    void takesEveryField() {
        assertThat(issuers("""
                auth:
                  oidc:
                    - name: work
                      issuer: http://sso.example/realms/work
                      audience: [registry, "https://registry.example"]
                      jwks: http://sso.example/certs
                      usernameclaim: preferred_username
                      usernameprefix: ""
                      groupsclaim: realm_access.roles
                      groupsprefix: "role-"
                      claims:
                        email_verified: "true"
                        hd: [a.example, "*.b.example"]
                      signingalgorithms: [RS256, EdDSA]
                      leeway: 10s
                      cafile: /etc/ca.pem
                      allowhttp: true
                      clientid: longshore
                      clientsecret: hunter2
                      scopes: [openid, email]
                """)).containsExactly(new OidcConfig(
                "work",
                "http://sso.example/realms/work",
                Set.of("registry", "https://registry.example"),
                Optional.of(new JwksLocation.Url(URI.create("http://sso.example/certs"))),
                new OidcConfig.Names("preferred_username", ""),
                Optional.of(new OidcConfig.Names("realm_access.roles", "role-")),
                Map.of("email_verified", List.of("true"), "hd", List.of("a.example", "*.b.example")),
                Set.of(SigningAlgorithm.RS256, SigningAlgorithm.EDDSA),
                Duration.ofSeconds(10),
                new OidcConfig.Connection(Optional.of(Path.of("/etc/ca.pem")), true),
                Optional.of(new OidcConfig.Client(
                        "longshore", Optional.of(Secret.of("hunter2")), List.of("openid", "email")))));
    }

    @Test
    void hasDefaults() {
        assertThat(issuers("auth: {oidc: [{" + LEAST + "}]}")).containsExactly(new OidcConfig(
                "a",
                "https://a.example",
                Set.of("b"),
                Optional.empty(),
                new OidcConfig.Names("sub", "a:"),
                Optional.empty(),
                Map.of(),
                SigningAlgorithm.ALL,
                Duration.ofMinutes(1),
                new OidcConfig.Connection(Optional.empty(), false),
                Optional.empty()));
        assertThat(issuers("auth: {oidc: [{" + LEAST + ", clientid: c, groupsclaim: g}]}")).singleElement()
                .satisfies(issuer -> {
                    assertThat(issuer.client()).contains(
                            new OidcConfig.Client("c", Optional.empty(), List.of("openid")));
                    assertThat(issuer.groups()).contains(new OidcConfig.Names("g", "a:"));
                });
    }

    @Test
    void registryWithAnIssuerIsNotOpen() {
        assertThat(item(LEAST).config().auth().open()).isFalse();
        assertThat(Given.nothing().config().auth().logins().oidc()).isEmpty();
    }

    @Test
    void takesSeveralIssuersAndFieldsFromVariables() {
        String other = LEAST.replace("name: a", "name: d");
        Given given = Given.file("auth: {oidc: [{" + LEAST + ", clientid: c}, {" + other + "}]}")
                .variable("REGISTRY_AUTH_OIDC_0_CLIENTSECRET", "hunter2");

        assertThat(given.config().auth().logins().oidc()).extracting(OidcConfig::name).containsExactly("a", "d");
        assertThat(given.config().auth().logins().oidc().get(0).client().orElseThrow().secret())
                .contains(Secret.of("hunter2"));
        assertThat(given.config().toString()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "auth: oidc", "auth: {oidc: }", "auth: {oidc: []}", "auth: {oidc: a}", "auth: {oidc: {name: a}}",
        "auth: {oidc: [a]}", "auth: {oidc: [{}]}", "auth: {oidc: [{issuer: 'https://a.example'}]}"
    })
    void refusesWhatIsNoListOfIssuers(String yaml) {
        assertThat(Given.file(yaml).problems()).singleElement().asString()
                .startsWith("auth.oidc (")
                .contains("expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "name: a, audience: b",
        "name: a, issuer: 'https://a.example'",
        "name: a, issuer: 'https://a.example', audience: []",
        "name: A b, issuer: 'https://a.example', audience: b",
        "name: 'a:', issuer: 'https://a.example', audience: b",
        "name: a, issuer: a.example, audience: b",
        "name: a, issuer: 'https://a.example/#b', audience: b",
        LEAST + ", jwks: 'https://'",
        LEAST + ", claims: [a]",
        LEAST + ", claims: {a: []}",
        LEAST + ", claims: {a: {b: c}}",
        LEAST + ", signingalgorithms: HS256",
        LEAST + ", signingalgorithms: none",
        LEAST + ", leeway: 10m",
        LEAST + ", allowhttp: yes",
        LEAST + ", clientsecret: hunter2",
        LEAST + ", clientid: c, scopes: email",
    })
    void refusesAnIssuerThatMakesNoSense(String fields) {
        assertThat(item(fields).problems()).singleElement().asString()
                .startsWith("auth.oidc (/etc/registry/config.yml line 1): ")
                .contains("expected ")
                .doesNotContain("hunter2");
    }

    @Test
    void namesTheFieldThatWasMeant() {
        assertThat(item(LEAST + ", groupclaim: c").problems()).containsExactly(
                "auth.oidc (/etc/registry/config.yml line 1): a: expected no key groupclaim; the nearest known one is"
                        + " groupsclaim");
    }

    @Test
    void refusesTwoOfOneName() {
        assertThat(Given.file("auth: {oidc: [{" + LEAST + "}, {" + LEAST + "}]}").problems()).containsExactly(
                "auth.oidc (/etc/registry/config.yml line 1): expected one issuer alone to be called a");
    }

    @Test
    void keysComeByHttpsOrFromThisMachine() {
        String plain = "name: a, audience: b, issuer: 'http://a.example'";
        assertThat(item(plain).problems()).singleElement().asString()
                .contains("a: expected issuer to begin with https://");
        assertThat(item(plain + ", allowhttp: true").problems()).isEmpty();
        assertThat(item(plain + ", jwks: /etc/jwks.json").problems()).isEmpty();
        assertThat(item(plain.replace("a.example", "localhost:8080")).problems()).isEmpty();
        assertThat(item(LEAST + ", jwks: 'http://a.example/jwks'").problems()).singleElement().asString()
                .contains("a: expected jwks to begin with https://");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://token.actions.githubusercontent.com", "https://gitlab.com", "https://accounts.google.com"
    })
    void issuersThatServeEverybodyNeedClaims(String issuer) {
        String fields = "name: a, audience: b, issuer: '" + issuer + "'";

        assertThat(item(fields).problems()).singleElement().asString().contains("a: expected claims to be set");
        assertThat(item(fields + ", claims: {}").problems()).hasSize(1);
        assertThat(item(fields + ", claims: {repository_owner: acme}").problems()).isEmpty();
    }

    @Test
    void pageNamesEveryField() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "authentication.md"));

        assertThat(OidcIssuers.FIELDS).allSatisfy(field ->
                assertThat(page).containsPattern("(?m)^\\|.*`" + field + "`.*\\|"));
    }
}
