package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtpasswdConfigTest {

    static Set<String> keys() {
        return Set.of("auth.htpasswd.path", "auth.htpasswd.realm");
    }

    private static Optional<HtpasswdConfig> reader(Settings settings, Problems problems) {
        return new HtpasswdConfigReader(settings, problems).read();
    }

    private static Part<Optional<HtpasswdConfig>> read(String yaml) {
        return Part.read(yaml, HtpasswdConfigTest::reader);
    }

    @Test
    void readsBothKeys() {
        assertThat(read("auth: {htpasswd: {path: /etc/htpasswd, realm: Our images}}").faultless())
                .contains(new HtpasswdConfig(Path.of("/etc/htpasswd"), "Our images"));
    }

    @Test
    void theRealmCanBeLeftOut() {
        assertThat(read("auth: {htpasswd: {path: a}}").faultless())
                .contains(new HtpasswdConfig(Path.of("a"), "Longshore"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth: {}", "auth:", "version: 0.1"})
    void isThereOnlyIfItIsNamed(String yaml) {
        assertThat(read(yaml).faultless()).isEmpty();
    }

    /** Whoever names it means that passwords are asked for: without a path nobody would be. */
    @ParameterizedTest
    @ValueSource(strings = {
        "auth: htpasswd", "auth: {htpasswd: }", "auth: {htpasswd: {realm: a}}", "auth: {htpasswd: {path: ''}}"
    })
    void refusesASectionWithoutAPath(String yaml) {
        assertThat(read(yaml).problems()).containsExactly(
                "auth.htpasswd (/etc/registry/config.yml line 1): expected auth.htpasswd.path to be set");
    }

    @Test
    void canBeNamedByAVariableAsInDistribution() {
        assertThat(Part.read("REGISTRY_AUTH", "htpasswd", HtpasswdConfigTest::reader).problems()).containsExactly(
                "auth.htpasswd (REGISTRY_AUTH): expected REGISTRY_AUTH_HTPASSWD_PATH to be set");
        assertThat(Part.read("REGISTRY_AUTH_HTPASSWD_PATH", "/a", HtpasswdConfigTest::reader).faultless()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\\"b\"", "\"a\\r\\nSet-Cookie: b\"", "'a\\b'", "ä"})
    void refusesARealmThatDoesNotFitAHeader(String realm) {
        assertThat(read("auth: {htpasswd: {path: a, realm: " + realm + "}}").problems())
                .singleElement().asString().contains("expected printable ASCII characters");
    }
}
