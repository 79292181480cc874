package io.longshore.registry.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProxyTest {
    @ParameterizedTest
    @CsvSource({
        "http://proxy.example:8080, proxy.example:8080", "HTTP://proxy.example:8080/, proxy.example:8080",
        "proxy.example:8080, proxy.example:8080", "proxy.example, proxy.example:3128",
        "http://alice:s3cret@proxy.example:8080, proxy.example:8080", "http://[::1]:8080, [::1]:8080"
    })
    void readsWhatStandsInEnvironments(String text, String address) {
        assertThat(HttpProxy.parse(text)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "https://proxy.example", "socks5://proxy.example:1080", "http://", "http://alice:s3cret@:1", "proxy:s3cret",
        "http://proxy:99999", "http://a b"
    })
    void refusesOtherTextsWithoutShowingThem(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpProxy.parse(text))
                .withMessageNotContaining("s3cret")
                .withNoCause();
    }

    @Test
    void takesTheLoginOutOfTheAddress() {
        assertThat(HttpProxy.parse("proxy:1").authorization()).isEmpty();
        assertThat(HttpProxy.parse("http://al%2Bice:s3%3Acret+@proxy:1").authorization())
                .isEqualTo(HttpProxy.of("proxy", 1).login("al+ice", "s3:cret+").authorization())
                .contains("Basic YWwraWNlOnMzOmNyZXQr");
    }

    @Test
    void prefersLowerCaseAndHttps() {
        assertThat(HttpProxy.ofEnvironment(Map.of("HTTP_PROXY", "a:1", "https_proxy", " "))).isEmpty();
        assertThat(HttpProxy.ofEnvironment(Map.of("ALL_PROXY", "a:1"))).map(Object::toString).contains("a:1");
        assertThat(HttpProxy.ofEnvironment(Map.of("ALL_PROXY", "a:1", "HTTPS_PROXY", "b:1", "https_proxy", "c:1")))
                .map(Object::toString).contains("c:1");
    }

    @Test
    void leavesOutWhatTheEnvironmentSays() {
        Optional<HttpProxy> proxy =
                HttpProxy.ofEnvironment(Map.of("HTTPS_PROXY", "a:1", "NO_PROXY", "x.example, y.example ,,"));

        assertThat(serves(proxy.orElseThrow(), "https://x.example")).isFalse();
        assertThat(serves(proxy.orElseThrow(), "https://y.example")).isFalse();
        assertThat(serves(proxy.orElseThrow(), "https://z.example")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, https://example.com, true", "example.com, https://a.b.example.com, true",
        "EXAMPLE.com, https://Example.com, true", "example.com, https://anexample.com, false",
        "example.com, https://example.com.org, false", ".example.com, https://a.example.com, true",
        "*.example.com, https://a.example.com, true", ".example.com, https://example.com, false",
        "example.com:5000, https://example.com:5000, true", "example.com:5000, https://example.com, false",
        "example.com:443, https://example.com, true", "*, https://example.com, true",
        "10.1.2.3, https://10.1.2.3, true", "10.1.2.3, https://10.1.2.4, false",
        "10.0.0.0/8, https://10.200.0.1, true", "10.0.0.0/8, https://11.0.0.1, false",
        "192.168.128.0/17, https://192.168.128.1, true", "192.168.128.0/17, https://192.168.127.1, false",
        "0.0.0.0/0, https://8.8.8.8, true", "10.0.0.0/33, https://10.0.0.0, false", "10.0.0.0/x, https://10.0.0.0, false",
        "10.0.0.0/8, https://10.example, false", "fd00::/8, https://[fd12::1], true", "fd00::/8, https://[fe80::1], false",
        "[fd12::1]:5000, https://[fd12::1]:5000, true", "fd12::1, https://[fd12::1], true",
        "10.0.0.0/8, https://[fd12::1], false"
    })
    void leavesOutWhatMatches(String exception, String url, boolean isLeftOut) {
        assertThat(serves(HttpProxy.of("proxy", 1).except(List.of(exception)), url)).isNotEqualTo(isLeftOut);
    }

    @Test
    void neverServesThisMachine() {
        for (String host : List.of("localhost", "127.0.0.1", "[::1]")) {
            assertThat(serves(HttpProxy.of("proxy", 1), "http://" + host + ":5000")).isFalse();
        }
    }

    @Test
    void refusesALoginThatJavaWouldNotSend() {
        HttpProxy login = HttpProxy.of("proxy", 1).login("alice", "s3cret");

        assertThatNoException().isThrownBy(() -> login.checkLogin(""));
        assertThatNoException().isThrownBy(() -> HttpProxy.of("proxy", 1).checkLogin(null));
        for (String disabled : new String[] {null, "Basic", "NTLM, basic"}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> login.checkLogin(disabled))
                    .withMessageContaining("-Djdk.http.auth.tunneling.disabledSchemes=");
        }
    }

    @Test
    void takesNoLoginThatCannotBeSent() {
        assertThatIllegalArgumentException().isThrownBy(() -> HttpProxy.of("proxy", 1).login("a:b", "c"));
    }

    private static boolean serves(HttpProxy proxy, String url) {
        return proxy.serves(Origin.of(URI.create(url)));
    }
}
