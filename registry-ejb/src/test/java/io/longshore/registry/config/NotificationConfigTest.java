package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.access.CertificateAuthority;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryPattern;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationConfigTest {
    private static final String FILE = "(/etc/registry/config.yml line 1): ";
    private static final String LEAST = "name: a, url: 'https://a.example'";
    /** 24 bytes. */
    private static final String ENCODED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String WRITTEN = "twenty-four-characters-!";

    /** Of an authority, with a line of text before it. */
    private static String pem;

    @BeforeAll
    static void writeAuthority(@TempDir Path folder) throws IOException {
        pem = "An authority\n" + Files.readString(new CertificateAuthority().write(folder.resolve("ca.pem")));
    }

    private static NotificationConfig config(String yaml) {
        return Given.file(yaml).config().notifications();
    }

    private static Given item(String fields) {
        return Given.file("notifications: {endpoints: [{" + fields + "}]}");
    }

    private static EndpointConfig endpoint(String fields) {
        return item(fields).config().notifications().endpoints().get(0);
    }

    @Test
    void tellsNobodyUnlessSomebodyIsNamed() {
        assertThat(Given.nothing().config().notifications()).isEqualTo(new NotificationConfig(
                false, true, Duration.ofDays(7), new NotificationConfig.Targets(true, true, List.of()), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "notifications:", "notifications: {}", "notifications: {endpoints: }", "notifications: {endpoints: []}",
        "notifications: {events: {includereferences: false}}"
    })
    void asksForNothingWithNothing(String yaml) {
        assertThat(Given.file(yaml).warnings()).isEmpty();
        assertThat(config(yaml)).isEqualTo(Given.nothing().config().notifications());
    }

    @Test
    void takesWhatHoldsForAllEndpoints() {
        assertThat(config("""
                notifications:
                  events: {includereferences: true}
                  pulls: false
                  retention: 24h
                  targets: {http: false, private: false, permitted: [10.0.0.0/8]}
                """)).isEqualTo(new NotificationConfig(
                true, false, Duration.ofDays(1),
                new NotificationConfig.Targets(false, false, List.of(AddressRange.parse("10.0.0.0/8"))), List.of()));
    }

    @Test
    void warnsOfPermittedAddressesWhereAllArePermitted() {
        assertThat(Given.file("notifications: {targets: {permitted: [10.0.0.0/8]}}").warnings()).containsExactly(
                "notifications.targets.permitted " + FILE
                        + "has no effect while notifications.targets.private is true");
    }

    @Test
    void endpointHasDefaults() {
        assertThat(endpoint(LEAST)).isEqualTo(new EndpointConfig(
                "a",
                false,
                URI.create("https://a.example"),
                Map.of(),
                EndpointConfig.Format.DISTRIBUTION,
                new EndpointConfig.Filter(
                        EndpointConfig.Format.DISTRIBUTION.standardActions(), Set.of(), List.of(RepositoryPattern.ALL)),
                new EndpointConfig.Pace(
                        Duration.ofSeconds(1), 10, Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofDays(3)),
                1,
                List.of(),
                new EndpointConfig.Route(Optional.empty(), Optional.empty())));
    }

    @Test
    void takesEveryFieldOfAnEndpoint() {
        Given given = Given.file("""
                notifications:
                  endpoints:
                    - name: mine
                      disabled: true
                      url: http://a.example:8080/hook?b=c
                      headers:
                        Authorization: Bearer hunter2
                        X-Several: [a, b]
                      timeout: 500ms
                      threshold: 5
                      backoff: 2s
                      ignoredmediatypes: [application/a]
                      ignore:
                        mediatypes: application/b
                        actions: [pull, repository.delete]
                      format: cloudevents
                      actions: [push, pull, tag.move, repository.delete]
                      repositories: [team/*, lib/**]
                      batchsize: 100
                      maxbackoff: 1m
                      giveup: 24h
                      secret: [%s, %s]
                      cafile: /etc/ca.pem
                      proxy: http://proxy.example:3128/
                """.formatted(ENCODED, WRITTEN)).beside("/etc/ca.pem", pem);

        assertThat(given.warnings()).isEmpty();
        assertThat(given.config().notifications().endpoints()).containsExactly(new EndpointConfig(
                "mine",
                true,
                URI.create("http://a.example:8080/hook?b=c"),
                Map.of(
                        "Authorization", List.of(Secret.of("Bearer hunter2")),
                        "X-Several", List.of(Secret.of("a"), Secret.of("b"))),
                EndpointConfig.Format.CLOUDEVENTS,
                new EndpointConfig.Filter(
                        Set.of(EventAction.MANIFEST_PUSH, EventAction.BLOB_PUSH, EventAction.TAG_MOVE),
                        Set.of("application/a", "application/b"),
                        List.of(RepositoryPattern.parse("team/*"), RepositoryPattern.parse("lib/**"))),
                new EndpointConfig.Pace(
                        Duration.ofMillis(500), 5, Duration.ofSeconds(2), Duration.ofMinutes(1), Duration.ofDays(1)),
                100,
                List.of(Secret.of(ENCODED), Secret.of(WRITTEN)),
                new EndpointConfig.Route(Optional.of(pem), Optional.of(URI.create("http://proxy.example:3128")))));
    }

    @Test
    void receiversWrittenForDistributionSeeWhatItTellsAlone() {
        assertThat(endpoint(LEAST).filter().actions())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(
                        EnumSet.of(EventAction.TAG_CREATE, EventAction.TAG_MOVE, EventAction.PING)))
                .extracting(EventAction::distributionWord)
                .containsOnly("push", "pull", "mount", "delete");
    }

    @Test
    void othersSeeEverything() {
        assertThat(endpoint(LEAST + ", format: cloudevents").filter().actions())
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(EventAction.PING)));
    }

    @Test
    void tagsAreToldInTheFormatOfDistributionIfThatIsWanted() {
        assertThat(endpoint(LEAST + ", actions: tag.move").filter().actions())
                .containsExactly(EventAction.TAG_MOVE);
    }

    @Test
    void takesEndpointsFromVariables() {
        EndpointConfig endpoint = Given.key("notifications.endpoints", "[{name: a, url: 'https://a.example'}]")
                .variable("REGISTRY_NOTIFICATIONS_ENDPOINTS_0_NAME", "b")
                .variable("REGISTRY_NOTIFICATIONS_ENDPOINTS_0_HEADERS_X-TOKEN", "hunter2")
                .variable("REGISTRY_NOTIFICATIONS_ENDPOINTS_0_IGNORE_ACTIONS_0", "pull")
                .variable("REGISTRY_NOTIFICATIONS_ENDPOINTS_0_SECRET", WRITTEN)
                .config().notifications().endpoints().get(0);

        assertThat(endpoint.name()).isEqualTo("b");
        assertThat(endpoint.url()).hasToString("https://a.example");
        assertThat(endpoint.headers()).containsOnly(Map.entry("x-token", List.of(Secret.of("hunter2"))));
        assertThat(endpoint.filter().actions()).doesNotContain(EventAction.MANIFEST_PULL, EventAction.BLOB_PULL);
        assertThat(endpoint.secrets()).containsExactly(Secret.of(WRITTEN));
    }

    @Test
    void takesEndpointsFromVariablesAlone() {
        assertThat(Given.nothing()
                .variable("REGISTRY_NOTIFICATIONS_ENDPOINTS_0_NAME", "a")
                .variable("REGISTRY_NOTIFICATIONS_ENDPOINTS_0_URL", "https://a.example")
                .variable("REGISTRY_NOTIFICATIONS_ENDPOINTS_1_NAME", "b")
                .variable("REGISTRY_NOTIFICATIONS_ENDPOINTS_1_URL", "https://b.example")
                .config().notifications().endpoints()).extracting(EndpointConfig::name).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "notifications: {endpoints: a}", "notifications: {endpoints: {name: a}}", "notifications: {endpoints: [a]}",
        "notifications: {endpoints: [[]]}"
    })
    void refusesWhatIsNoListOfEndpoints(String yaml) {
        assertThat(Given.file(yaml).problems()).containsExactly("notifications.endpoints " + FILE
                + "expected a list of endpoints: [{name: mine, url: \"https://…\"}]");
    }

    @Test
    void reportsAllThatIsWrongEachWithItsPathAndPlace() {
        assertThat(Given.file("""
                notifications:
                  retention: 1m
                  endpoints:
                    - name: a
                      timeout: 500
                    - name: a
                      url: ftp://a.example
                      ignore:
                        action: [pull]
                """).variable("REGISTRY_NOTIFICATIONS_ENDPOINTS_1_BATCHSIZE", "0").problems()).containsExactly(
                "notifications.retention (/etc/registry/config.yml line 2): expected a duration from 1h to 87600h, not"
                        + " \"1m\"",
                "notifications.endpoints.0 (/etc/registry/config.yml line 4): expected url to be set",
                "notifications.endpoints.0.timeout (/etc/registry/config.yml line 5): expected a duration such as 10s,"
                        + " 1h30m or 168h (units ns, us, ms, s, m, h), not \"500\"",
                "notifications.endpoints.1.name (/etc/registry/config.yml line 6): expected one endpoint alone to be"
                        + " called a",
                "notifications.endpoints.1.url (/etc/registry/config.yml line 7): expected https:// or http:// with a"
                        + " host, and perhaps a port, a path and a query",
                "notifications.endpoints.1.ignore.action (/etc/registry/config.yml line 9): unknown key; the nearest"
                        + " known one is notifications.endpoints.1.ignore.actions",
                "notifications.endpoints.1.batchsize (REGISTRY_NOTIFICATIONS_ENDPOINTS_1_BATCHSIZE): expected a whole"
                        + " number from 1 to 1000, not \"0\"");
    }

    @ParameterizedTest
    @CsvSource({"nmae, name", "urls, url", "batch_size, batchsize", "actoins, actions", "secrets, secret"})
    void namesTheFieldThatWasMeant(String field, String meant) {
        assertThat(item(LEAST + ", " + field + ": x").problems()).containsExactly("notifications.endpoints.0." + field
                + " " + FILE + "unknown key; the nearest known one is notifications.endpoints.0." + meant);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "name | ' a'", "name | \"a\\nb\"", "disabled | yes", "url | a.example", "url | 'https://'",
        "url | 'https://a.example/#b'", "url | 'https://b:c@a.example'", "url | 'https://a.example:70000'",
        "headers | a", "headers | [a]", "headers | {A: {b: c}}", "headers | {'A B': c}", "headers | {A: \"b\\nc\"}",
        "headers | {A: [b], a: [c]}", "headers | {Host: a}", "headers | {content-type: a}",
        "headers | {Content-Length: 1}", "headers | {Proxy-Authorization: a}", "headers | {TE: a}", "headers | {Webhook-Signature: a}",
        "timeout | 0", "timeout | 6m", "timeout | [1s]", "threshold | 0", "backoff | 0", "backoff | 25h",
        "ignoredmediatypes | {a: b}", "ignore | pull", "ignore | [pull]",
        "ignore | {actions: [push, pull, mount, delete]}",
        "format | json", "actions | []", "actions | {push: pull}",
        "repositories | []", "repositories | [A]", "batchsize | 1001", "batchsize | 1.5",
        "maxbackoff | 999ms", "giveup | 0", "giveup | 8761h",
        "secret | short", "secret | {a: b}", "secret | whsec_AAAA", "secret | 'whsec_no base64 in here at all'",
        "secret | [twenty-four-characters-1, twenty-four-characters-2, twenty-four-characters-3]",
        "proxy | proxy.example", "proxy | 'https://proxy.example'", "proxy | 'http://proxy.example/a'",
        "proxy | 'http://a:b@proxy.example'"
    })
    void refusesWhatMakesNoSense(String field, String value) {
        String least = switch (field) {
            case "name" -> "url: 'https://a.example', ";
            case "url" -> "name: a, ";
            default -> LEAST + ", ";
        };
        assertThat(item(least + field + ": " + value).problems()).singleElement().asString()
                .startsWith("notifications.endpoints.0." + field + " " + FILE)
                .containsAnyOf("expected ", "is set by the registry alone", "stands there twice");
    }

    @Test
    void refusesActionsThatItDoesNotKnow() {
        String expected = FILE + "expected push, pull, mount, delete, manifest.push, manifest.pull, manifest.delete,"
                + " blob.push, blob.pull, blob.mount, blob.delete, tag.create, tag.move, tag.delete, repository.delete,"
                + " not ";

        assertThat(item(LEAST + ", actions: [push, tag.moved]").problems())
                .containsExactly("notifications.endpoints.0.actions " + expected + "\"tag.moved\"");
        assertThat(item(LEAST + ", ignore: {actions: [ping]}").problems())
                .containsExactly("notifications.endpoints.0.ignore.actions " + expected + "\"ping\"");
    }

    @Test
    void longBackoffDoesNotHaveToBeSaidTwice() {
        assertThat(endpoint(LEAST + ", backoff: 1h").pace().longest()).isEqualTo(Duration.ofHours(1));
        assertThat(item(LEAST + ", backoff: 1h, maxbackoff: 30m").problems()).containsExactly(
                "notifications.endpoints.0.maxbackoff " + FILE + "expected at least the backoff, 1h");
    }

    @Test
    void plainHttpCanBeForbidden() {
        String yaml = "notifications: {targets: {http: false}, endpoints: [{name: a, url: '%s://a.example'}]}";

        assertThat(Given.file(yaml.formatted("HTTP")).problems()).containsExactly("notifications.endpoints.0.url "
                + FILE + "expected https://, or notifications.targets.http to be true");
        assertThat(Given.file(yaml.formatted("https")).problems()).isEmpty();
    }

    @Test
    void authoritiesMustBeThereAtTheStart() {
        String key = "notifications.endpoints.0.cafile " + FILE;
        String fields = LEAST + ", cafile: /etc/ca.pem";

        assertThat(item(fields).problems()).containsExactly(
                key + "expected a file with certificates in PEM that can be read (NoSuchFileException), not"
                        + " \"/etc/ca.pem\"");
        assertThat(item(fields).beside("/etc/ca.pem", "none").problems())
                .containsExactly(key + "expected certificates in PEM, not \"/etc/ca.pem\"");
        String empty = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assertThat(item(fields).beside("/etc/ca.pem", empty).problems())
                .containsExactly(key + "expected certificates in PEM, not \"/etc/ca.pem\"");
        assertThat(item(fields).beside("/etc/ca.pem", pem).problems()).isEmpty();
    }

    @Test
    void printsNeitherSecretsNorAddresses() {
        LoadedConfig loaded = item("name: a, url: 'https://a.example/hunter2', headers: {A: hunter2},"
                + " secret: twenty-four-hunter2-twenty-four").load();

        assertThat(loaded.toString()).doesNotContain("hunter2");
        assertThat(loaded.config().notifications().toString()).contains("endpoints=[a]");
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "configuration.md"));
    }

    @Test
    void pageNamesEveryField() throws IOException {
        String page = page();
        int begin = page.indexOf("\n## Endpoints\n");
        String section = page.substring(begin, page.indexOf("\n## ", begin + 1));

        assertThat(Pattern.compile("(?m)^\\| `([a-z]+)` ").matcher(section).results().map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(EndpointReader.FIELDS);
        assertThat(EndpointReader.IGNORE_FIELDS).allSatisfy(field -> assertThat(section).contains("`" + field + "`"));
        assertThat(EnumSet.complementOf(EnumSet.of(EventAction.PING)))
                .allSatisfy(action -> assertThat(section).contains("`" + action.word() + "`"));
    }

    @Test
    void exampleOfThePageIsAConfigurationWithoutFault() throws IOException {
        Matcher example = Pattern.compile("```yaml\n(notifications:.*?)```", Pattern.DOTALL).matcher(page());

        assertThat(example.find()).isTrue();
        assertThat(Given.file(example.group(1)).warnings()).isEmpty();
        assertThat(config(example.group(1)).endpoints()).hasSize(2);
    }
}
