package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @Test
    void readsHostAndPort() {
        assertThat(HostPort.parse("registry.example.com:443"))
                .isEqualTo(new HostPort(Optional.of("registry.example.com"), 443));
        assertThat(HostPort.parse("127.0.0.1:65535")).isEqualTo(new HostPort(Optional.of("127.0.0.1"), 65535));
        assertThat(HostPort.parse("[::1]:1")).isEqualTo(new HostPort(Optional.of("::1"), 1));
        assertThat(HostPort.parse(":5000")).isEqualTo(new HostPort(Optional.empty(), 5000));
        assertThat(HostPort.parse("localhost:0")).isEqualTo(new HostPort(Optional.of("localhost"), 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:5000", ":5000", "[::]:5000", "[fe80::1%eth0]:80", "[::ffff:10.0.0.1]:80"})
    void printsAsItIsWritten(String text) {
        assertThat(HostPort.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ":", "5000", "localhost", "localhost:", "localhost:65536", "localhost:99999",
        "localhost:http", "localhost:-1", "localhost:+5", "::1:5000", "[::1]", "[::1:5000", "[]:5000",
        "[localhost]:5000", "[1:2]:5000", "[127.0.0.1]:5000", "a b:5000", "-a:5000", "http://localhost:5000",
        "localhost:5000/", "localhost:5000 ", "localhost:٥"
    })
    void refusesOtherForms(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPort.parse(text))
                .withMessage("expected host:port, :port or [IPv6 address]:port with a port from 0 to 65535");
    }

    @Test
    void knowsWhatThisMachineAloneReaches() {
        assertThat(HostPort.parse("127.0.0.1:5000").isLoopback()).isTrue();
        assertThat(HostPort.parse("localhost:5000").isLoopback()).isTrue();
        assertThat(HostPort.parse("[::1]:5000").isLoopback()).isTrue();
        assertThat(HostPort.parse(":5000").isLoopback()).isFalse();
        assertThat(HostPort.parse("10.0.0.1:5000").isLoopback()).isFalse();
    }
}
