package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.config.AddressRange;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRulesTest {
    private static final TargetRules PLAIN = new TargetRules(true, false, List.of());

    private static void refuses(TargetRules rules, String url, String message) {
        assertThatThrownBy(() -> rules.check(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "https://hooks.example.com", "HTTPS://hooks.example.com:8443/a?b=c", "https://203.0.113.7/",
        "https://[2606:4700::1111]:443/", "https://10.example.com/"
    })
    void permitsServersOfTheInternet(String url) {
        assertThatCode(() -> TargetRules.STRICT.check(URI.create(url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example.com/, expected a URL of https://",
        "ftp://a.example.com/, expected a URL of https://",
        "/hook, expected a URL of https://",
        "https://alice:secret@a.example.com/, without user and password",
        "https://a.example.com/#here, without a fragment",
        "https:///hook, with a host",
        "https:hook, with a host",
        "https://a_b.example.com/, with a host",
        "https://a.example.com:0/, a port from 1 to 65535",
        "https://a.example.com:70000/, a port from 1 to 65535"
    })
    void saysWhatIsWrongWithAUrlAndDoesNotRepeatIt(String url, String message) {
        refuses(TargetRules.STRICT, url, message);
        assertThatThrownBy(() -> TargetRules.STRICT.check(URI.create(url))).hasMessageNotContaining("secret");
    }

    @Test
    void permitsPlainHttpIfItIsTold() {
        assertThatCode(() -> PLAIN.check(URI.create("http://a.example.com/"))).doesNotThrowAnyException();
        refuses(PLAIN, "ftp://a.example.com/", "https:// or http://");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1", "127.255.0.3", "0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.255",
        "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.8", "198.18.0.1", "224.0.0.1",
        "239.1.1.1", "255.255.255.255", "localhost", "LocalHost", "a.localhost",
        "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:a9fe:a9fe]",
        "[::127.0.0.1]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[fec0::1]", "[ff02::1]",
        "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2001:0:1::1]"
    })
    void refusesAddressesThatAreInternal(String host) {
        refuses(TargetRules.STRICT, "https://" + host + "/", "internal network, which is not permitted");
        assertThatCode(() -> new TargetRules(false, true, List.of()).check(URI.create("https://" + host + "/")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "2130706433", "0x7f000001", "0x7f.1", "127.1", "127.0.1", "0177.0.0.1", "127.0.0.01", "0x7f.0.0.1",
        "127.0.0.1.", "localhost.1", "[fe80::1%25eth0]", "%31%32%37.0.0.1", "[::ffff:127.0.0.1%251]"
    })
    void refusesOtherSpellingsOfAddressesWhateverIsPermitted(String host) {
        refuses(new TargetRules(true, true, List.of()), "http://" + host + "/", "expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255",
        "172.32.0.0", "169.253.255.255", "192.167.255.255", "223.255.255.255", "[64:ff9b::808:808]",
        "[2002:808:808::]"})
    void permitsTheNeighboursOfInternalAddresses(String host) {
        assertThatCode(() -> TargetRules.STRICT.check(URI.create("https://" + host))).doesNotThrowAnyException();
    }

    @Test
    void permitsInternalAddressesOfRangesThatAreListed() throws UnknownHostException {
        TargetRules rules = new TargetRules(
                false, false, List.of(AddressRange.parse("10.1.0.0/16"), AddressRange.parse("::1")));

        assertThatCode(() -> rules.check(URI.create("https://10.1.2.3/"))).doesNotThrowAnyException();
        refuses(rules, "https://10.2.0.1/", "not permitted");
        assertThat(rules.permits(InetAddress.getByName("::ffff:10.1.2.3"))).isTrue();
        assertThat(rules.permits(InetAddress.getByName("::1"))).isTrue();
        assertThat(rules.permits(InetAddress.getByName("127.0.0.1"))).isFalse();
    }

    @Test
    void judgesAnAddressWithAZoneByTheAddress() throws UnknownHostException {
        byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();

        assertThat(TargetRules.STRICT.permits(Inet6Address.getByAddress("a", linkLocal, 3))).isFalse();
    }

    @Test
    void takesProxiesOfHttpWithAUserIfTheyArePermitted() {
        TargetRules.STRICT.checkProxy(URI.create("http://user:secret@proxy.example.com:3128"));

        assertThatThrownBy(() -> TargetRules.STRICT.checkProxy(URI.create("https://proxy.example.com:3128")))
                .hasMessageContaining("begin with http://");
        assertThatThrownBy(() -> TargetRules.STRICT.checkProxy(URI.create("http://user:secret@127.0.0.1:3128")))
                .hasMessageContaining("not permitted")
                .hasMessageNotContaining("secret");
    }
}
