package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigProblemsTest {

    @Test
    void reportsAllProblemsTogether() {
        Given given = Given.file("""
                version: 0.1
                http:
                  addr: nowhere
                  adress: :80
                storage:
                  delete: {enabled: perhaps}
                auth: {silly: {realm: r}}
                """)
                .variable("REGISTRY_DATABASE_MAXPOOLSIZE", "0")
                .variable("REGISTRY_DATABSE_URL", "jdbc:postgresql:registry")
                .property("registry.tags.maxtag", "5");

        assertThatExceptionOfType(ConfigException.class).isThrownBy(given::load).withMessage("""
                http.adress (/etc/registry/config.yml line 4): unknown key; the nearest known one is http.addr
                databse.url (REGISTRY_DATABSE_URL): unknown key; the nearest known one is REGISTRY_DATABASE_URL
                tags.maxtag (system property registry.tags.maxtag): unknown key; the nearest known one is \
                registry.tags.maxtags
                auth.silly (/etc/registry/config.yml line 7): not available in this version. Headers alone prove \
                nothing.
                http.addr (/etc/registry/config.yml line 3): expected host:port, :port or [IPv6 address]:port with a \
                port from 0 to 65535, not "nowhere"
                storage.delete.enabled (/etc/registry/config.yml line 6): expected true or false, not "perhaps"
                database.maxpoolsize (REGISTRY_DATABASE_MAXPOOLSIZE): expected a whole number from 1 to 2147483647, \
                not "0\"""");
    }

    @Test
    void namesTheLineOfTheKeyForSectionsToo() {
        assertThat(Given.file("""
                version: 0.1
                proxy:
                  exec:
                    command: a
                htpp:
                  addr: :80
                """).problems())
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).startsWith("proxy.exec (" + Given.FILE + " line 3): "),
                        problem -> assertThat(problem).startsWith("htpp (" + Given.FILE + " line 5): "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "htpp: {addr: ':80'}         | htpp",
        "HTTP: {addr: ':80'}         | HTTP",
        "http: {headres: {a: [b]}}   | http.headres",
        "http: {addr: {port: 80}}    | http.addr",
        "http.addr: ':80'            | http.addr",
        "storage: {delete: true}     | storage.delete",
        "- http                      | the file",
        "http                        | the file",
        "tags: {maxtags: {a: 1}}     | tags.maxtags",
        "? {a: b}                    | /etc/registry/config.yml line 1",
    })
    void refusesFilesThatSayWhatIsNotThere(String yaml, String key) {
        assertThat(Given.file(yaml).problems()).singleElement().asString().startsWith(key);
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTRY_HTTP_ADDRESS, REGISTRY_HTTP_ADDR",
        "REGISTRY_HTTP_ADDR_PORT, REGISTRY_HTTP_ADDR",
        "REGISTRY_HTTP_ADDR_, REGISTRY_HTTP_ADDR",
        "REGISTRY_LOGLEVE, REGISTRY_LOGLEVEL",
        "REGISTRY_STORAGE_UPLOADPURGING_AGE, REGISTRY_STORAGE_MAINTENANCE_UPLOADPURGING_AGE"
    })
    void refusesUnknownVariablesAndNamesTheNearest(String variable, String nearest) {
        assertThat(Given.nothing().variable(variable, "x").problems())
                .singleElement().asString()
                .contains("(" + variable + "): unknown key; the nearest known one is " + nearest);
    }

    @Test
    void refusesVariablesWithoutName() {
        assertThat(Given.nothing().variable("REGISTRY_", "x").problems()).hasSize(1);
        assertThat(Given.nothing().variable("REGISTRY__", "x").problems()).hasSize(1);
        assertThat(Given.nothing().property("registry.", "x").problems()).hasSize(1);
        assertThat(Given.nothing().property("registry..", "x").problems()).hasSize(1);
    }

    @Test
    void refusesKeyThatStandsTwice() {
        assertThat(Given.file("http:\n  addr: :1\n  addr: :2\n").problems())
                .containsExactly("addr (/etc/registry/config.yml line 3): stands there twice; keep one");
    }

    static Stream<String> refusedKeys() {
        return Keys.all().stream().filter(key -> key.effect() == Effect.REFUSED).map(Key::name);
    }

    @ParameterizedTest
    @MethodSource("refusedKeys")
    void refusesKeysWhoseLossWouldEndangerSomeone(String key) {
        assertThat(Given.key(key, "true").problems())
                .singleElement().asString()
                .startsWith(key + " (" + Key.variable(key) + "): not available in this version. ");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "auth: {silly: }",
        "auth: silly",
        "auth: {silly: {realm: a}}",
        "http: {tls: {letsencrypt: {email: a}}}",
        "http: {prefix: /registry/}",
        "http: {net: unix}",
        "proxy: {exec: {command: a}}",
        "middleware: {storage: [{name: cloudfront}]}",
        "policy: {repository: {classes: [image]}}"
    })
    void refusesThemInFilesToo(String yaml) {
        assertThat(Given.file(yaml).problems()).singleElement().asString().contains("not available in this version");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "auth:",
        "auth: {}",
        "http: {tls: }",
        "http: {tls: {}}",
        "http: {prefix: /}",
        "http: {prefix: ''}",
        "http: {net: tcp}"
    })
    void acceptsThemWhereTheyAskForNothing(String yaml) {
        assertThat(Given.file(yaml).warnings()).isEmpty();
    }

    static Stream<String> keysWithoutEffect() {
        return Keys.all().stream()
                .filter(key -> key.effect() == Effect.NONE)
                .map(Key::name)
                .filter(name -> !name.startsWith("storage.s3.")); // names a driver too; see S3ConfigTest
    }

    @ParameterizedTest
    @MethodSource("keysWithoutEffect")
    void warnsOfKeysWithoutEffectAndDoesNotShowTheirValues(String key) {
        Given given = Given.key(key, "hunter2");

        assertThat(given.warnings())
                .singleElement().asString()
                .startsWith(key + " (" + Key.variable(key) + "): has no effect in this version. ")
                .doesNotContain("hunter2");
        assertThat(given.config()).isEqualTo(Given.nothing().config());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "database: {url: 'jdbc:postgresql:r', password: *hunter2}",
        "database: {url: 'jdbc:postgresql:r', password: !hunter2}",
        "database: {url: 'jdbc:postgresql:r', password: !hunter2 x}",
        "database: {url: 'jdbc:postgresql:r', password: %hunter2}",
        "database: {url: 'jdbc:postgresql:r', password: @hunter2}",
        "database: {url: 'jdbc:postgresql:r', password: [hunter2]}",
        "database: {url: 'jdbc:postgresql:r', password: {hunter2: hunter2}}",
        "database: {url: 'hunter2', password: hunter2}",
        "database: {password: hunter2}",
        "database: hunter2",
        "http: {secret: hunter2, tls: {key: hunter2}}",
        "storage: {s3: {secretkey: hunter2}}",
        "proxy: {password: hunter2}",
        "notifications: {endpoints: [{name: a, url: 'https://b.example/hunter2', secret: hunter2}]}",
        "notifications: {endpoints: [{name: a, url: 'https://b:hunter2@b.example'}]}",
        "notifications: {endpoints: [{name: a, url: 'hunter2 hunter2'}]}",
        "notifications: {endpoints: [{name: a, url: 'https://b.example', proxy: 'http://b:hunter2@b.example'}]}",
        "notifications: {endpoints: [{name: a, url: 'https://b.example', headers: {A: \"\\nhunter2\"}}]}",
        "notifications: {endpoints: [{name: a, url: 'https://b.example', headers: hunter2}]}",
        "notifications: {endpoints: [{name: a, url: 'https://b.example', secret: whsec_hunter2}]}",
        "notifications: {endpoints: hunter2}",
        "redis: {password: hunter2}\nauth: {silly: {realm: hunter2}}",
        "database:\n\tpassword: hunter2",
        "database: {password: 'hunter2"
    })
    void neverShowsSecrets(String yaml) {
        assertThat(Given.file(yaml).problems()).isNotEmpty().noneMatch(line -> line.contains("hunter2"));
    }

    @Test
    void secretsOfConfigurationThatWorksArePrintedAsStars() {
        LoadedConfig loaded = Given.key("database.url", "jdbc:postgresql://db/registry?sslpassword=hunter2")
                .variable("REGISTRY_DATABASE_PASSWORD", "hunter2")
                .load();

        assertThat(loaded.toString()).contains("***").doesNotContain("hunter2");
    }

    @Test
    void messagesHaveNoControlCharactersOfTheInput() {
        assertThat(Given.key("http.addr", "a\nb\u001b[31m" + "x".repeat(500)).problems())
                .singleElement().asString().doesNotContain("\n", "\u001b").hasSizeLessThan(300);
        assertThat(Given.nothing().variable("REGISTRY_A\nB", "x").problems())
                .singleElement().asString().doesNotContain("\n");
    }
}
