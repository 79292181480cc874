package io.longshore.registry.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FenceTest {
    private static final String PUBLIC = "203.0.113.5";
    private static final Map<String, List<String>> NAMES = Map.of(
            "registry.example", List.of(PUBLIC, "2001:db8::5"),
            "storage.example", List.of("203.0.113.9"),
            "trap.example", List.of("203.0.113.9", "10.0.0.1"),
            "registry.corp", List.of("10.0.0.7"),
            "storage.corp", List.of("10.0.0.8"));

    private final List<String> lookedUp = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1", "2130706433", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255",
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "[::1]", "[::]", "[fe80::1]",
        "[fec0::1]", "[fd12::1]", "[ff02::1]", "[::ffff:10.0.0.1]", "[64:ff9b::10.0.0.1]", "[::127.0.0.1]",
        "trap.example", "storage.corp"
    })
    void letsARegistryOfTheInternetLeadNowhereInside(String host) {
        assertThatIOException()
                .isThrownBy(() -> check("registry.example", host, false))
                .withMessageContaining("registry.example leads to " + host);
        assertThatNoException().isThrownBy(() -> check("registry.corp", host, false));
        assertThatNoException().isThrownBy(() -> check("192.168.0.1", host, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "storage.example", "203.0.113.9", "172.32.0.1", "100.128.0.1", "[2001:db8::1]", "[64:ff9b::203.0.113.9]",
        "nowhere.example"
    })
    void letsARegistryLeadAnywhereElse(String host) {
        assertThatNoException().isThrownBy(() -> check("registry.example", host, false));
        assertThatNoException().isThrownBy(() -> check("registry.corp", host, false));
    }

    @Test
    void looksNothingUpForTheRegistryItself() throws Exception {
        check("registry.corp", "registry.corp", false);

        assertThat(lookedUp).isEmpty();
    }

    @Test
    void letsARegistryLeadToWhoIsNamed() throws Exception {
        fence("registry.example", "storage.corp", "10.0.0.1:5000")
                .check(Request.of("GET", URI.create("https://storage.corp:9000/x")), false);
        fence("registry.example", "storage.corp", "10.0.0.1:5000")
                .check(Request.of("GET", URI.create("https://10.0.0.1:5000/x")), false);

        assertThatIOException().isThrownBy(() -> fence("registry.example", "10.0.0.1:5000")
                .check(Request.of("GET", URI.create("https://10.0.0.1/x")), false));
    }

    @Test
    void looksNothingUpThatAProxyDoes() throws Exception {
        check("registry.example", "trap.example", true);
        check("registry.corp", "10.0.0.1.example", true);

        assertThat(lookedUp).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "2130706433", "[::1]", "localhost", "0x7f000001", "99999999999"})
    void letsNoProxyBeUsedAgainstItsOwnNetwork(String host) {
        assertThatIOException().isThrownBy(() -> check("registry.corp", host, true));
        assertThatIOException().isThrownBy(() -> check(PUBLIC, host, true));
        assertThatNoException().isThrownBy(() -> check("10.0.0.2", host, true));
    }

    private void check(String registry, String host, boolean isProxied) throws Exception {
        fence(registry).check(Request.of("GET", URI.create("https://" + host + "/x?secret")), isProxied);
    }

    private Fence fence(String registry, String... allowed) {
        return new Fence(Origin.of(URI.create("https://" + registry)), Set.of(allowed), this::lookUp);
    }

    /** Addresses as they are, and names as they are said to be. */
    private InetAddress[] lookUp(String host) throws UnknownHostException {
        lookedUp.add(host);
        if (Addresses.literal(host).isPresent()) {
            return new InetAddress[] {Addresses.literal(host).get()};
        }
        if (!NAMES.containsKey(host)) {
            throw new UnknownHostException(host);
        }
        return NAMES.get(host).stream().flatMap(address -> Stream.of(Addresses.literal(address).orElseThrow()))
                .toArray(InetAddress[]::new);
    }
}
