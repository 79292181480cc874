package io.longshore.registry.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.config.AddressRange;
import io.longshore.registry.web.Requests;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All requests come from {@link Requests#ADDRESS}. */
class ClientAddressTest {
    private static final ClientAddress NO_PROXY = new ClientAddress(List.of());
    private static final ClientAddress PROXIES = new ClientAddress(
            Stream.of(Requests.ADDRESS, "10.0.0.0/8", "2001:db8::/32").map(AddressRange::parse).toList());

    private static String seen(ClientAddress addresses, String... forwardedFor) {
        return addresses.of(Requests.of("GET", "/v2/", null, Map.of("X-Forwarded-For", List.of(forwardedFor))));
    }

    @Test
    void believesNobodyWhoIsNoProxy() {
        assertThat(seen(NO_PROXY, "198.51.100.1")).isEqualTo(Requests.ADDRESS);
        assertThat(seen(NO_PROXY)).isEqualTo(Requests.ADDRESS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "198.51.100.1                          | 198.51.100.1",
        "198.51.100.1, 10.1.2.3                | 198.51.100.1",
        "203.0.113.9, 198.51.100.1, 10.1.2.3   | 198.51.100.1",
        "203.0.113.9 ,198.51.100.1             | 198.51.100.1",
        "2001:db8::1, 10.1.2.3                 | 2001:db8::1",
        "2001:db9::1, 2001:db8::1              | 2001:db9::1",
        "10.9.9.9, 10.1.2.3                    | 10.9.9.9"
    })
    void takesTheNearestThatIsNoProxyWhateverStandsBeforeIt(String list, String address) {
        assertThat(seen(PROXIES, list)).isEqualTo(address);
    }

    /** What a proxy has not written cannot be one of its addresses. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "unknown                     | 192.0.2.1",
        "''                          | 192.0.2.1",
        "198.51.100.1, evil, 10.1.2.3 | 10.1.2.3",
        "evil.example.com            | 192.0.2.1",
        "198.51.100.1:1234           | 192.0.2.1",
        "<script>                    | 192.0.2.1"
    })
    void stopsBeforeWhatIsNoAddress(String list, String address) {
        assertThat(seen(PROXIES, list)).isEqualTo(address);
    }

    @Test
    void readsSeveralHeadersAsOneList() {
        assertThat(seen(PROXIES, "203.0.113.9", "198.51.100.1, 10.1.2.3", "10.3.2.1")).isEqualTo("198.51.100.1");
    }
}
