package io.longshore.registry.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.replication.Direction;
import io.longshore.registry.replication.Limits;
import io.longshore.registry.replication.Mapping;
import io.longshore.registry.replication.Remote;
import io.longshore.registry.replication.ReplicationRule;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicationSettingsTest {
    private static final String LEAST =
            "\"direction\": \"push\", \"url\": \"https://there.example:5000\", \"repositories\": [\"team/*\"]";
    private static final String LOGIN = LEAST + ", \"user\": \"bob\", \"password\": \"s3cret\"";

    private static ReplicationSettings read(String json) {
        try {
            return new JsonReader()
                    .readFrom(
                            JsonBody.class, JsonBody.class, new Annotation[0], MediaType.APPLICATION_JSON_TYPE, null,
                            new ByteArrayInputStream(("{" + json + "}").getBytes(StandardCharsets.UTF_8)))
                    .as(fields -> ReplicationSettings.read("copies", fields));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String password(ReplicationRule rule) {
        return rule.remote().login().orElseThrow().password().reveal();
    }

    @Test
    void withoutSettingsThereAreTheUsualOnes() {
        ReplicationRule rule = read(LEAST).made();

        assertThat(rule.name()).isEqualTo("copies");
        assertThat(rule.direction()).isEqualTo(Direction.PUSH);
        assertThat(rule.enabled()).isTrue();
        assertThat(rule.remote())
                .isEqualTo(new Remote("there.example:5000", false, false, Optional.empty(), Optional.empty()));
        assertThat(rule.selection().tags()).isEmpty();
        assertThat(rule.selection().newest()).isEmpty();
        assertThat(rule.selection().referrers()).isFalse();
        assertThat(rule.mapping()).isEqualTo(Mapping.NONE);
        assertThat(rule.deletes()).isFalse();
        assertThat(rule.timetable()).isEmpty();
        assertThat(rule.onEvent()).isFalse();
        assertThat(rule.limits()).isEqualTo(new Limits(Limits.STANDARD_PARALLEL, OptionalLong.empty()));
    }

    @Test
    void saysAllThatCanBeSaid() {
        ReplicationRule rule = read("""
                "direction": "pull", "url": "http://there.example", "repositories": ["a/**", "b"], "tags": ["v*"],
                "versions": "^1.2", "newest": 3, "platforms": ["linux/arm64"], "artifactTypes": ["a/b"],
                "referrers": true, "stripPrefix": "a/", "addPrefix": "copy/", "deletes": true, "enabled": false,
                "schedule": "0 3 * * *", "timeZone": "Europe/Berlin", "parallel": 9, "bytesPerSecond": 5000
                """).made();

        assertThat(rule.remote().plain()).isTrue();
        assertThat(rule.enabled()).isFalse();
        assertThat(rule.selection().newest()).isEqualTo(OptionalInt.of(3));
        assertThat(rule.selection().platforms().toString()).isEqualTo("[linux/arm64]");
        assertThat(rule.mapping()).isEqualTo(new Mapping("a/", "copy/"));
        assertThat(rule.timetable().orElseThrow().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(rule.limits()).isEqualTo(new Limits(9, OptionalLong.of(5000)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"direction\": \"both\" | direction: expected pull or push",
        "\"url\": \"there.example\" | url: expected the address of a registry",
        "\"url\": \"ftp://there.example\" | url: expected the address of a registry",
        "\"url\": \"https://there.example/path\" | url: expected the address of a registry",
        "\"url\": \"https://bob:pw@there.example\" | url: expected the address of a registry",
        "\"repositories\": [] | repositories: expected",
        "\"repositories\": [\"UPPER\"] | repositories: expected patterns of repositories",
        "\"tags\": [\"a/b\"] | tags: expected",
        "\"versions\": \"newest\" | versions: expected a range",
        "\"newest\": 0 | newest: expected a number from 1",
        "\"platforms\": [\"linux\"] | platforms: a platform is written like",
        "\"artifactTypes\": [\"a b\"] | artifactTypes: expected media types",
        "\"stripPrefix\": \"A\" | stripPrefix: expected the beginning of a repository name",
        "\"schedule\": \"daily\" | schedule: expected minute",
        "\"schedule\": \"0 0 30 2 *\" | schedule: expected a time that comes",
        "\"timeZone\": \"Mars\" | timeZone: expected a time zone",
        "\"parallel\": 65 | parallel: expected a number from 1 to 64",
        "\"bytesPerSecond\": 1 | bytesPerSecond: expected a number from 1024",
        "\"authorities\": \"none\" | authorities: ",
        "\"password\": \"s3cret\" | user: expected it to be there",
        "\"user\": \"a:b\" | user: expected a name without a colon",
        "\"direction\": \"pull\", \"onEvent\": true | onEvent: what happens in another registry",
        "\"url\": \"http://there.example\", \"insecure\": true | insecure: expected it to be left out",
        "\"name\": \"other\" | name: there is no such field"
    })
    void refusesWhatIsNoRule(String change, String why) {
        String json = LEAST + ", \"last\": null";
        for (String field : change.split(", (?=\")")) {
            String name = field.substring(0, field.indexOf(':'));
            json = json.replaceFirst(name + ": (?:\\[[^]]*]|\"[^\"]*\"), ", "") + ", " + field;
        }
        String changed = json.replace(", \"last\": null", "");

        assertThatThrownBy(() -> read(changed)).isInstanceOf(RegistryException.Invalid.class)
                .hasMessageStartingWith(why).message().doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direction", "url", "repositories"})
    void refusesWhatLacksTheMost(String field) {
        String json = LEAST.replaceFirst("\"" + field + "\": (?:\\[[^]]*]|\"[^\"]*\")(?:, )?", "")
                .replaceFirst(", $", "");

        assertThatThrownBy(() -> read(json)).isInstanceOf(RegistryException.Invalid.class)
                .hasMessage(field + ": expected it to be there");
    }

    @Test
    void aPasswordThatNothingIsSaidOfStaysAsItIs() {
        ReplicationRule before = read(LOGIN).made();

        assertThat(password(read(LEAST + ", \"user\": \"bob\", \"deletes\": true").changed(Optional.of(before))))
                .isEqualTo("s3cret");
        assertThat(password(read(LOGIN.replace("s3cret", "new")).changed(Optional.of(before)))).isEqualTo("new");
        assertThat(read(LEAST).changed(Optional.of(before)).remote().login()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\"direction\": \"push\", \"url\": \"https://elsewhere.example:5000\"",
        "\"direction\": \"push\", \"url\": \"https://there.example:5001\"",
        "\"direction\": \"push\", \"url\": \"http://there.example:5000\"",
        "\"direction\": \"push\", \"url\": \"https://there.example:5000\", \"insecure\": true"
    })
    void aPasswordIsShownToNobodyElse(String elsewhere) {
        ReplicationRule before = read(LOGIN).made();
        ReplicationSettings settings = read(elsewhere + ", \"repositories\": [\"team/*\"], \"user\": \"bob\"");

        assertThatThrownBy(() -> settings.changed(Optional.of(before)))
                .isInstanceOf(RegistryException.Invalid.class)
                .hasMessageStartingWith("password: expected it to be there");
        assertThat(password(read(elsewhere + ", \"repositories\": [\"team/*\"], \"user\": \"bob\", \"password\": \"x\"")
                .changed(Optional.of(before)))).isEqualTo("x");
    }

    @Test
    void aPasswordIsOfTheUserThatItIsOf() {
        ReplicationRule before = read(LOGIN).made();

        assertThatThrownBy(() -> read(LEAST + ", \"user\": \"eve\"").changed(Optional.of(before)))
                .isInstanceOf(RegistryException.Invalid.class).hasMessageStartingWith("password: ");
        assertThatThrownBy(() -> read(LEAST + ", \"user\": \"bob\"").changed(Optional.empty()))
                .as("this node cannot read it").isInstanceOf(RegistryException.Refused.class);
        assertThatThrownBy(() -> read(LEAST + ", \"user\": \"bob\"").made())
                .isInstanceOf(RegistryException.Invalid.class).hasMessageStartingWith("password: ");
    }

    @Test
    void printsNothingOfIt() {
        assertThat(read(LOGIN)).hasToString("settings of copies");
        assertThat(read(LOGIN).made().toString()).doesNotContain("s3cret");
    }
}
