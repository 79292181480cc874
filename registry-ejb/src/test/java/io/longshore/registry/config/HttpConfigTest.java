package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpConfigTest {

    @Test
    void hasDefaults() {
        assertThat(Given.nothing().config().http())
                .isEqualTo(new HttpConfig(
                        new HostPort(Optional.of("127.0.0.1"), 5000),
                        Optional.empty(),
                        true,
                        Map.of(),
                        DataSize.ofKiB(8),
                        DataSize.ofKiB(32),
                        Duration.ofSeconds(60),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void takesEveryKey() {
        HttpConfig http = Given.file("""
                http:
                  addr: :8080
                  host: https://registry.example.com:8443
                  relativeurls: false
                  headers:
                    X-Content-Type-Options: [nosniff]
                    Vary: [Accept, Origin]
                  maxurilength: 16KiB
                  maxheaderlength: 64KiB
                  idletimeout: 1m30s
                  trustedproxies: [10.0.0.0/8]
                  debug:
                    addr: localhost:5001
                    prometheus: {enabled: true, path: /prom}
                """).config().http();

        assertThat(http)
                .isEqualTo(new HttpConfig(
                        new HostPort(Optional.empty(), 8080),
                        Optional.of(URI.create("https://registry.example.com:8443")),
                        false,
                        Map.of("X-Content-Type-Options", List.of("nosniff"), "Vary", List.of("Accept", "Origin")),
                        DataSize.ofKiB(16),
                        DataSize.ofKiB(64),
                        Duration.ofSeconds(90),
                        List.of(AddressRange.parse("10.0.0.0/8")),
                        Optional.empty(),
                        Optional.of(new DebugConfig(new HostPort(Optional.of("localhost"), 5001), "/prom"))));
        assertThat(http.headers().keySet()).containsExactly("X-Content-Type-Options", "Vary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "http.addr", "http.relativeurls", "http.maxurilength", "http.idletimeout"})
    void rejectsListWhereOneValueIsExpected(String key) {
        assertThat(Given.file(key.replace(".", ": {") + ": [a, b]" + (key.contains(".") ? "}" : "")).problems())
                .singleElement().asString().startsWith(key + " (" + Given.FILE + " line 1): expected ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http.addr            | localhost",
        "http.addr            | localhost:65536",
        "http.addr            | ::1:5000",
        "http.host            | registry.example.com",
        "http.host            | ftp://registry.example.com",
        "http.host            | https://registry.example.com/prefix",
        "http.host            | https://registry.example.com?a=b",
        "http.host            | https://registry.example.com:65536",
        "http.host            | https://someone@registry.example.com",
        "http.host            | https://",
        "http.host            | https://a b",
        "http.relativeurls    | yes",
        "http.relativeurls    | 1",
        "http.maxurilength    | 2047",
        "http.maxurilength    | 2MiB",
        "http.maxurilength    | 8KB",
        "http.maxheaderlength | 8191",
        "http.maxheaderlength | 1048577",
        "http.idletimeout     | 60",
        "http.idletimeout     | 0",
        "http.idletimeout     | 25h",
    })
    void rejectsAndSaysWhatWouldBeRight(String key, String value) {
        assertThat(Given.key(key, value).problems())
                .singleElement().asString()
                .startsWith(key + " (" + Key.variable(key) + "): expected ")
                .endsWith(", not \"" + value + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "nosniff",
        "[nosniff]",
        "{X-A: {b: c}}",
        "{X-A: [[b]]}",
        "{X-A: ''}",
        "{'X A': [b]}",
        "{X-A: [\"b\\nc\"]}",
        "{X-A: [b], x-a: [c]}",
        "{Content-Length: [1]}",
        "{transfer-encoding: [chunked]}",
    })
    void rejectsWhatCannotBeHeaders(String headers) {
        assertThat(Given.key("http.headers", headers).problems())
                .singleElement().asString().startsWith("http.headers (REGISTRY_HTTP_HEADERS): ");
    }

    @Test
    void takesSingleHeaderValueForListOfOne() {
        assertThat(Given.file("http: {headers: {X-A: b}}").config().http().headers())
                .containsExactly(entry("X-A", List.of("b")));
    }

    @Test
    void variableOfOneHeaderJoinsThoseOfTheFile() {
        Given given = Given.file("http: {headers: {X-A: [a], X-B: [b]}}")
                .variable("REGISTRY_HTTP_HEADERS_X-B", "[c, d]")
                .variable("REGISTRY_HTTP_HEADERS_X-C", "e");

        assertThat(given.config().http().headers())
                .containsExactly(
                        entry("X-A", List.of("a")), entry("X-B", List.of("c", "d")), entry("x-c", List.of("e")));
    }

    @Test
    void variableOfAllHeadersReplacesThoseOfTheFile() {
        Given given = Given.file("http: {headers: {X-A: [a]}}").variable("REGISTRY_HTTP_HEADERS", "{}");

        assertThat(given.config().http().headers()).isEmpty();
    }

    @Test
    void hostEndsWithoutSlash() {
        assertThat(Given.key("http.host", "HTTP://[::1]:80/").config().http().host())
                .contains(URI.create("http://[::1]:80"));
    }

    @Test
    void warnsThatHostIsNotUsedByRelativeLocations() {
        assertThat(Given.key("http.host", "https://a.example").warnings())
                .containsExactly("http.host (REGISTRY_HTTP_HOST): has no effect while http.relativeurls is true");
        assertThat(Given.key("http.host", "https://a.example")
                        .variable("REGISTRY_HTTP_RELATIVEURLS", "false").warnings())
                .isEmpty();
    }
}
