package io.longshore.registry.notification.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.config.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnHeadersTest {
    private static void check(String name, String... values) {
        OwnHeaders.check(Map.of(name, List.of(values).stream().map(Secret::of).toList()));
    }

    @Test
    void takesHeadersOfManyValues() {
        assertThatCode(() -> check("X-Token", "a b", "", "\tc")).doesNotThrowAnyException();
        assertThatCode(() -> check("Authorization", "Bearer abc")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "content-length", "HOST", "Webhook-Id", "webhook-anything",
        "Transfer-Encoding", "Connection", "Proxy-Authorization"})
    void refusesThoseOfTheRegistry(String name) {
        assertThatThrownBy(() -> check(name, "secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the header " + name + " is the registry's own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:", "a\r\nb", "ä"})
    void refusesNamesThatAreNone(String name) {
        assertThatThrownBy(() -> check(name, "secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret\r\nX: y", "secret\n", "secret\0", "secret ä"})
    void refusesValuesThatWouldEndTheLine(String value) {
        assertThatThrownBy(() -> check("X-Token", value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected printable ASCII as the value of the header X-Token");
    }
}
