package io.longshore.registry.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.config.DataSize;
import io.longshore.registry.config.Secret;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorSettingsTest {
    private static final Map<String, Object> LEAST = Map.of("url", "https://a.example");
    private static final Map<String, Object> LOGIN =
            Map.of("url", "https://a.example", "username", "alice", "password", "hunter2");

    private static MirrorSettings read(Map<String, Object> fields) {
        return Fields.read(fields, MirrorSettings::read);
    }

    private static Map<String, Object> with(Map<String, Object> fields, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(fields);
        changed.put(name, value);
        return changed;
    }

    @Test
    void needsToKnowNoMoreThanWhereTheRegistryIs() {
        UpstreamConfig made = read(LEAST).made("hub");

        assertThat(made).isEqualTo(new UpstreamConfig(
                "hub", URI.create("https://a.example"), Optional.empty(),
                new UpstreamConfig.Place("hub", Set.of(), List.of(RepositoryPattern.ALL)), Duration.ofMinutes(1),
                new UpstreamConfig.Keeping(Optional.of(Duration.ofHours(168)), Optional.empty()),
                new UpstreamConfig.Limits(64, OptionalInt.empty()), UpstreamConfig.Trust.USUAL, false));
    }

    @Test
    void readsAllThereIs() {
        Map<String, Object> all = new HashMap<>(LOGIN);
        all.putAll(Map.of(
                "prefix", "", "namespaces", List.of("Docker.io"), "repositories", List.of("library/*"), "tagTtl", "0",
                "ttl", "0", "maxSize", "1GiB", "connections", 2L, "requestsPerSecond", 3L, "insecure", true, "push", true));

        assertThat(read(all).made("hub")).isEqualTo(new UpstreamConfig(
                "hub", URI.create("https://a.example"),
                Optional.of(new UpstreamConfig.Login("alice", Secret.of("hunter2"))),
                new UpstreamConfig.Place("", Set.of("docker.io"), List.of(RepositoryPattern.parse("library/*"))),
                Duration.ZERO, new UpstreamConfig.Keeping(Optional.empty(), Optional.of(DataSize.parse("1GiB"))),
                new UpstreamConfig.Limits(2, OptionalInt.of(3)),
                new UpstreamConfig.Trust(Optional.empty(), Optional.empty(), true), true));
    }

    @ParameterizedTest
    @CsvSource({
        "url, ftp://a.example", "url, https://u:hunter2@a.example", "username, a:b", "prefix, A", "tagTtl, 1",
        "ttl, -1", "maxSize, 1", "authorities, hunter2", "clientCertificate, hunter2", "clientKey, hunter2",
        "other, a"
    })
    void refusesWhatIsNone(String field, String value) {
        assertThatExceptionOfType(RegistryException.Invalid.class)
                .isThrownBy(() -> read(with(LEAST, field, value)))
                .withMessageNotContaining("hunter2");
    }

    @Test
    void keepsAPasswordThatIsLeftOut() {
        UpstreamConfig before = read(LOGIN).made("hub");
        Map<String, Object> change = Map.of("url", "https://a.example", "username", "alice", "push", true);

        UpstreamConfig changed = read(change).changed("hub", Optional.of(before));

        assertThat(changed.login()).isEqualTo(before.login());
        assertThat(changed.pushable()).isTrue();
    }

    @Test
    void forgetsTheLoginOfNobody() {
        UpstreamConfig before = read(LOGIN).made("hub");

        assertThat(read(LEAST).changed("hub", Optional.of(before)).login()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"url, https://b.example", "url, http://a.example", "username, bob", "insecure, true"})
    void sendsAPasswordNowhereElse(String field, String value) {
        UpstreamConfig before = read(LOGIN).made("hub");
        Map<String, Object> change = new HashMap<>(LOGIN);
        change.remove("password");
        change.put(field, field.equals("insecure") ? (Object) true : value);

        assertThatExceptionOfType(RegistryException.Invalid.class)
                .isThrownBy(() -> read(change).changed("hub", Optional.of(before)))
                .withMessageContaining("password");
    }

    @Test
    void wantsThePasswordThatThisNodeCannotRead() {
        Map<String, Object> change = Map.of("url", "https://a.example", "username", "alice");

        assertThatExceptionOfType(RegistryException.Invalid.class)
                .isThrownBy(() -> read(change).changed("hub", Optional.empty()));
        assertThat(read(LOGIN).changed("hub", Optional.empty()).login()).isPresent();
    }

    @Test
    void showsNothingOfItself() {
        assertThat(read(LOGIN)).asString().doesNotContain("hunter2", "alice");
    }
}
