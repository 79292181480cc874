package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebugConfigTest {

    static Set<String> keys() {
        return Set.of("http.debug.addr", "http.debug.prometheus.enabled", "http.debug.prometheus.path");
    }

    @Test
    void servesNothingWithoutBeingAsked() {
        LoadedConfig loaded = Given.nothing().load();

        assertThat(loaded.config().http().debug()).isEmpty();
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void servesMetricsWhereItIsAsked() {
        LoadedConfig loaded = Given.key("http.debug.addr", ":5001")
                .variable("REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED", "true")
                .load();

        assertThat(loaded.config().http().debug())
                .contains(new DebugConfig(new HostPort(Optional.empty(), 5001), "/metrics"));
        assertThat(loaded.warnings()).isEmpty();
    }

    @Test
    void saysThatAnAddressAloneServesNothing() {
        LoadedConfig loaded = Given.file("http: {debug: {addr: ':5001', prometheus: {path: /prom}}}").load();

        assertThat(loaded.config().http().debug()).isEmpty();
        assertThat(loaded.warnings()).containsExactly(
                "http.debug.addr (" + Given.FILE
                        + " line 1): has no effect while http.debug.prometheus.enabled is false",
                "http.debug.prometheus.path (" + Given.FILE
                        + " line 1): has no effect while http.debug.prometheus.enabled is false");
    }

    @Test
    void saysThatMetricsNeedAnAddress() {
        LoadedConfig loaded = Given.key("http.debug.prometheus.enabled", "true").load();

        assertThat(loaded.config().http().debug()).isEmpty();
        assertThat(loaded.warnings()).containsExactly("http.debug.prometheus.enabled"
                + " (REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED): has no effect without http.debug.addr");
    }

    @Test
    void refusesThePortOfTheRegistry() {
        assertThat(Given.file("http: {addr: ':5000', debug: {addr: 'localhost:5000', prometheus: {enabled: true}}}")
                        .problems())
                .containsExactly("http.debug.addr (" + Given.FILE
                        + " line 1): expected another port than that of http.addr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "/a b", "/metrics?a=b", "/metrics#a", "/ä", "/%2e"})
    void refusesWhatIsNoPath(String path) {
        assertThat(Given.key("http.debug.prometheus.path", path).problems())
                .singleElement().asString()
                .startsWith("http.debug.prometheus.path (REGISTRY_HTTP_DEBUG_PROMETHEUS_PATH): expected ")
                .endsWith(", not \"" + path + "\"");
    }
}
