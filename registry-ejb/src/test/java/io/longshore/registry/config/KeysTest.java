package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeysTest {
    /** Something other than the default for each key, all of which fit together. */
    private static final Map<String, String> OTHER = Map.ofEntries(
            Map.entry("data", "/srv/data"),
            Map.entry("http.addr", ":80"),
            Map.entry("http.host", "https://a.example"),
            Map.entry("http.relativeurls", "false"),
            Map.entry("http.headers", "{X-A: [b]}"),
            Map.entry("http.maxurilength", "4KiB"),
            Map.entry("http.maxheaderlength", "16KiB"),
            Map.entry("http.idletimeout", "2m"),
            Map.entry("http.trustedproxies", "[10.1.2.3, fd00::/8]"),
            Map.entry("audit.retention", "24h"),
            Map.entry("auth.challenge", "basic"),
            Map.entry("auth.anonymous", "pull"),
            Map.entry("auth.authenticated", "[pull]"),
            Map.entry("auth.admins", "[user:alice]"),
            Map.entry("auth.rules", "[{subject: user:bob, repositories: team/**, actions: [push]}]"),
            Map.entry("auth.cache.ttl", "30s"),
            Map.entry("auth.throttle.after", "3"),
            Map.entry("auth.throttle.longest", "0"),
            Map.entry("auth.certificate.name", "uri"),
            Map.entry("auth.certificate.prefix", "cert-"),
            Map.entry("auth.certificate.groups", "ou"),
            Map.entry("auth.providers", "{mine: {url: a}}"),
            Map.entry("storage.filesystem.rootdirectory", "/srv/blobs"),
            Map.entry("storage.filesystem.maxthreads", "25"),
            Map.entry("storage.delete.enabled", "false"),
            Map.entry("storage.redirect.disable", "true"),
            Map.entry("storage.maintenance.uploadpurging.enabled", "false"),
            Map.entry("storage.maintenance.uploadpurging.age", "1h"),
            Map.entry("storage.maintenance.uploadpurging.interval", "2h"),
            Map.entry("storage.maintenance.uploadpurging.dryrun", "true"),
            Map.entry("storage.maintenance.readonly.enabled", "true"),
            Map.entry("database.url", "jdbc:postgresql:a"),
            Map.entry("database.user", "b"),
            Map.entry("database.password", "c"),
            Map.entry("database.maxpoolsize", "21"),
            Map.entry("database.connecttimeout", "11s"),
            Map.entry("notifications.events.includereferences", "true"),
            Map.entry("notifications.endpoints", "[{name: a, url: 'https://a.example'}]"),
            Map.entry("notifications.pulls", "false"),
            Map.entry("notifications.retention", "24h"),
            Map.entry("notifications.targets.http", "false"),
            Map.entry("notifications.targets.private", "false"),
            Map.entry("notifications.targets.permitted", "[10.0.0.0/8]"),
            Map.entry("proxy.remoteurl", "https://a.example"),
            Map.entry("proxy.username", "a"),
            Map.entry("proxy.password", "b"),
            Map.entry("proxy.ttl", "1h"),
            Map.entry("proxy.tagttl", "2m"),
            Map.entry("proxy.repositories", "[a/**]"),
            Map.entry("proxy.namespaces", "[a.example]"),
            Map.entry("proxy.upstreams", "[{name: a, remoteurl: 'https://a.example'}]"),
            Map.entry("manifests.maxsize", "5MiB"),
            Map.entry("catalog.maxentries", "11"),
            Map.entry("tags.maxtags", "12"),
            Map.entry("referrers.maxentries", "13"),
            Map.entry("validation.manifests.indexes.platforms", "list"),
            Map.entry("validation.manifests.indexes.platformlist", "[{os: a, architecture: b}]"),
            Map.entry("validation.manifests.urls.allow", "[a]"),
            Map.entry("validation.manifests.urls.deny", "[b]"));

    private static Given given(Map<String, String> settings) {
        Given given = Given.nothing();
        settings.forEach((key, value) -> given.variable(Key.variable(key), value));
        return given;
    }

    /** The loader's answer, a configuration or problems. */
    private static Object answer(Map<String, String> settings) {
        try {
            return given(settings).config();
        } catch (ConfigException e) {
            return e.problems();
        }
    }

    static Set<String> others() {
        return OTHER.keySet();
    }

    @ParameterizedTest
    @MethodSource("others")
    void everyKeyThatIsSaidToHaveAnEffectChangesTheConfiguration(String key) {
        Map<String, String> without = new LinkedHashMap<>(OTHER);
        without.remove(key);

        assertThat(answer(without)).isNotEqualTo(given(OTHER).config());
    }

    @Test
    void noKeyIsLeftOut() {
        Set<String> tested = new HashSet<>(OTHER.keySet());
        // Each has a test of its own: these cannot be set along with the others.
        tested.addAll(Set.of(
                "version", "configuration.path", "storage.inmemory", "storage.driver.name",
                "storage.driver.parameters", "validation.disabled"));
        S3ConfigTest.others().forEach(key -> tested.add("storage.s3." + key));
        tested.addAll(AzureConfigTest.keys());
        tested.addAll(HtpasswdConfigTest.keys());
        tested.addAll(LdapConfigTest.keys());
        tested.addAll(AccountsConfigTest.keys());
        tested.addAll(TokenAuthConfigTest.keys());
        tested.add("auth.oidc");
        tested.addAll(TokenServiceConfigTest.keys());
        tested.addAll(TlsConfigTest.keys());
        tested.addAll(DebugConfigTest.keys());

        assertThat(Keys.all().stream().filter(key -> key.effect() == Effect.FULL).map(Key::name))
                .containsExactlyInAnyOrderElementsOf(tested);
    }

    static Stream<Key<?>> all() {
        return Keys.all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void keysCanBeWrittenAsVariablesAndTheirDefaultsAreRight(Key<?> key) {
        assertThat(key.name()).matches("[a-z0-9]+([._][a-z0-9]+)*");
        assertThat(key.standard().isPresent()).isEqualTo(!key.standardText().isEmpty());
        assertThat(key.description()).endsWith(".").doesNotContain("|");
        assertThat(Keys.isSection(key.name())).as("a key has no keys beneath it").isFalse();
    }

    @Test
    void everyDriverIsAKeyOrASection() {
        Set<String> known = Keys.DRIVERS.stream()
                .map(driver -> String.join(".", Keys.withoutAlias(List.of("storage", driver))))
                .filter(name -> Keys.find(name).isPresent() || Keys.isSection(name))
                .collect(Collectors.toSet());

        assertThat(known).hasSize(Keys.DRIVERS.size() - 1); // s3aws is s3
    }
}
