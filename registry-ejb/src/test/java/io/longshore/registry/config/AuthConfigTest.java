package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthConfigTest {
    private static final AccountsConfig NO_ACCOUNTS = new AccountsConfig(false, "admin", Duration.ofDays(365));

    @Test
    void isOpenWhereNothingIsConfigured() {
        AuthConfig auth = Given.nothing().config().auth();

        assertThat(auth.open()).isTrue();
        assertThat(auth.anonymous()).isEmpty();
        assertThat(auth.authenticated()).containsExactlyInAnyOrder(Action.PULL, Action.PUSH, Action.DELETE);
        assertThat(auth.cacheTime()).isEqualTo(Duration.ofMinutes(1));
        assertThat(Given.file("auth: none").config().auth().open()).isTrue();
    }

    @Test
    void isNotOpenWhereSomebodyIsGivenSomething() {
        assertThat(Given.key("auth.anonymous", "pull").config().auth().open()).isFalse();
        assertThat(Given.key("auth.anonymous", "none").config().auth().open()).isFalse();
        assertThat(Given.key("auth.authenticated", "pull").config().auth().open()).isFalse();
        assertThat(Given.key("auth.admins", "[user:a]").config().auth().open()).isFalse();
        assertThat(Given.key("auth.rules", "[]").config().auth().open()).isFalse();
        assertThat(Given.key("auth.providers", "{a: {}}").config().auth().open()).isFalse();
    }

    @Test
    void takesEveryKey() {
        AuthConfig auth = Given.file("""
                auth:
                  challenge: basic
                  anonymous: pull
                  authenticated: [pull, push]
                  admins: [user:alice, "group:The operators"]
                  rules:
                    - {subject: "robot:ci", repositories: team/**, actions: [push, delete]}
                    - {subject: authenticated, repositories: public/*, actions: pull}
                  cache: {ttl: 10s}
                  throttle: {after: 2, longest: 5s}
                  providers:
                    mine: {url: https://a.example, secret: xyz}
                    other:
                """).config().auth();

        assertThat(auth)
                .isEqualTo(new AuthConfig(
                        false,
                        AuthConfig.Challenge.BASIC,
                        Set.of(Action.PULL),
                        Set.of(Action.PULL, Action.PUSH),
                        List.of(Subject.parse("user:alice"), Subject.parse("group:The operators")),
                        List.of(
                                rule("robot:ci", "team/**", Action.PUSH, Action.DELETE),
                                rule("authenticated", "public/*", Action.PULL)),
                        new AuthConfig.Logins(
                                Optional.empty(), Optional.empty(), Optional.empty(), NO_ACCOUNTS, Optional.empty(),
                                List.of(),
                                Map.of(
                                        "mine",
                                        Map.of("url", Secret.of("https://a.example"), "secret", Secret.of("xyz")),
                                        "other", Map.of())),
                        Duration.ofSeconds(10),
                        new AuthConfig.Throttle(2, Duration.ofSeconds(5)),
                        TokenServiceConfigTest.DEFAULTS));
        assertThat(auth.toString()).doesNotContain("xyz");
    }

    private static Rule rule(String subject, String pattern, Action... actions) {
        return new Rule(Subject.parse(subject), new Grant(RepositoryPattern.parse(pattern), Set.of(actions)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "auth.challenge      | digest",
        "auth.anonymous      | read",
        "auth.anonymous      | [none, pull]",
        "auth.admins         | alice",
        "auth.admins         | anonymous",
        "auth.admins         | [user:]",
        "auth.rules          | {subject: user:a}",
        "auth.cache.ttl      | 2h",
        "auth.throttle.after | 0",
        "auth.providers      | [mine]",
        "http.trustedproxies | localhost",
        "http.trustedproxies | 10.0.0.0/33",
        "http.trustedproxies | 10.0.0.0/-1",
        "http.trustedproxies | 10.0.0.0/8/8",
        "http.trustedproxies | 300.0.0.1",
    })
    void refusesWhatMakesNoSense(String key, String value) {
        assertThat(Given.key(key, value).problems())
                .singleElement().asString().startsWith(key + " (" + Key.variable(key) + "): expected ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{subject: user:a, repositories: a}                         | {subject: user:alice, repositories: team/**, ",
        "{subject: user:a, repositories: a, actions: pull, more: b} | {subject: user:alice, repositories: team/**, ",
        "a                                                          | {subject: user:alice, repositories: team/**, ",
        "{subject: user:a, repositories: A, actions: pull}          | a pattern of repositories such as team/**",
        "{subject: user:a, repositories: a, actions: none}          | at least one action",
        "{subject: user:a, repositories: a, actions: pul}           | none, or a list of pull, push, delete, admin",
        "{subject: everybody, repositories: a, actions: pull}       | user:NAME, group:NAME, robot:NAME, anonymous or",
        "{subject: [user:a], repositories: a, actions: pull}        | one subject",
        "{subject: user:a, repositories: [a, b], actions: pull}     | one pattern",
    })
    void saysWhichRuleMakesNoSense(String rule, String expected) {
        String good = "{subject: user:b, repositories: b, actions: pull}";

        assertThat(Given.key("auth.rules", "[" + good + ", " + rule + "]").problems())
                .singleElement().asString()
                .startsWith("auth.rules (REGISTRY_AUTH_RULES): rule 2: expected " + expected)
                .doesNotContain("rule 1");
    }

    @Test
    void reportsAllRulesThatMakeNoSense() {
        assertThat(Given.key("auth.rules", "[a, {subject: b, repositories: b, actions: pull}]").problems())
                .singleElement().asString().contains("rule 1: ", "; rule 2: ");
    }

    @Test
    void asksForNoSubjectThatCannotAdminister() {
        assertThat(Given.key("auth.admins", "alice").problems())
                .containsExactly("auth.admins (REGISTRY_AUTH_ADMINS): expected user:NAME, group:NAME or robot:NAME");
    }

    @Test
    void believesNoCertificatesThatNobodyVerifies() {
        String yaml = """
                auth: {certificate: {name: cn}}
                http: {tls: {certificate: a, key: b%s}}
                """;
        String problem = "auth.certificate.name (" + Given.FILE + " line 1): expected http.tls.clientcas to be set, and a"
                + " http.tls.clientauth that verifies";

        assertThat(Given.file(yaml.formatted("")).problems()).containsExactly(problem);
        assertThat(Given.file(yaml.formatted(", clientcas: [c], clientauth: request-client-cert")).problems())
                .containsExactly(problem);
        assertThat(Given.file(yaml.formatted(", clientcas: [c]")).problems()).isEmpty();
        assertThat(Given.key("auth.certificate.name", "cn").problems()).as("a server of one's own").isEmpty();
    }

    @Test
    void knowsTheAddressesOfARange() {
        AddressRange range = AddressRange.parse("10.20.0.0/15");

        assertThat(range.contains("10.21.255.255")).isTrue();
        assertThat(range.contains("10.22.0.0")).isFalse();
        assertThat(range.contains("::1")).isFalse();
        assertThat(range.contains("example.org")).isFalse();
        assertThat(AddressRange.parse("fd00::/8").contains("fdab::1")).isTrue();
        assertThat(AddressRange.parse("0.0.0.0/0").contains("192.0.2.1")).isTrue();
        assertThat(AddressRange.parse("192.0.2.1").contains("192.0.2.2")).isFalse();
    }
}
