package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConfigTest {
    private static final String URL = "jdbc:postgresql://db.example/registry";

    @Test
    void hasDefaults() {
        assertThat(Given.nothing().config().database())
                .isEqualTo(new DatabaseConfig(
                        Optional.empty(), Optional.empty(), Optional.empty(), 20, Duration.ofSeconds(10)));
    }

    @Test
    void takesEveryKey() {
        assertThat(Given.file("""
                database:
                  url: jdbc:postgresql://db.example:5433/registry?sslmode=verify-full
                  user: longshore
                  password: 0123
                  maxpoolsize: 50
                  connecttimeout: 2.5s
                """).config().database())
                .isEqualTo(new DatabaseConfig(
                        Optional.of(JdbcUrl.parse("jdbc:postgresql://db.example:5433/registry?sslmode=verify-full")),
                        Optional.of("longshore"),
                        Optional.of(Secret.of("0123")),
                        50,
                        Duration.ofMillis(2500)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[in brackets]", "{braces", "null", "~", " ", "#", "a: b", "*"})
    void passwordInVariableIsTakenAsItStands(String password) {
        DatabaseConfig database = Given.key("database.url", URL)
                .variable("REGISTRY_DATABASE_PASSWORD", password).config().database();

        assertThat(database.password().orElseThrow().reveal()).isEqualTo(password);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "database.maxpoolsize    | 0",
        "database.maxpoolsize    | -1",
        "database.maxpoolsize    | many",
        "database.maxpoolsize    | 2147483648",
        "database.connecttimeout | 999ms",
        "database.connecttimeout | 10m1ns",
        "database.connecttimeout | 10",
    })
    void rejectsAndSaysWhatWouldBeRight(String key, String value) {
        assertThat(Given.key(key, value).problems())
                .singleElement().asString()
                .startsWith(key + " (" + Key.variable(key) + "): expected ")
                .endsWith(", not \"" + value + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "postgres://someone:hunter2@db.example/registry",
        "jdbc:postgresql://someone:hunter2@db.example/registry",
        "jdbc:mysql://db.example/registry?password=hunter2",
        "jdbc:postgresql://db.example/registry?password=hunter2 ",
        "jdbc:postgresql:",
        "jdbc:postgresql:?password=hunter2",
    })
    void rejectsOtherUrlsWithoutShowingThem(String url) {
        assertThat(Given.key("database.url", url).problems())
                .containsExactly("database.url (REGISTRY_DATABASE_URL): expected"
                        + " jdbc:postgresql://host:port/database, with user and password in database.user and"
                        + " database.password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "password"})
    void rejectsUserAndPasswordOfNoDatabase(String word) {
        assertThat(Given.key("database." + word, "hunter2").problems())
                .containsExactly("database." + word + " (" + Key.variable("database." + word)
                        + "): expected database.url to be set too");
    }

    @Test
    void rejectsSectionInOneText() {
        assertThat(Given.key("database", "jdbc:postgresql://db.example/registry?password=hunter2").problems())
                .containsExactly("database (REGISTRY_DATABASE): expected keys beneath it");
    }
}
