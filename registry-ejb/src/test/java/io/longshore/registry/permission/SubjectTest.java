package io.longshore.registry.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "user:alice", "group:Developers of the house", "robot:ci", "anonymous", "authenticated", "user:a:b",
        "user:alice@example.com", "group:cn=dev,dc=example", "user:Jürgen"
    })
    void isWrittenAsItIsRead(String text) {
        assertThat(Subject.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "alice", "user", "user:", "anonymous:", "anonymous:alice", "User:alice", "user: alice", "user:alice ",
        "user:a\nb", "user:a\0b", "user:a\u007fb", "user:a\u0085b", "user:a\u2028b", "user:a\u202eb", "user:\ud800"
    })
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Subject.parse(text));
    }

    @Test
    void hasNamesOfAtMost255Characters() {
        assertThat(Subject.isName("a".repeat(255))).isTrue();
        assertThat(Subject.isName("a".repeat(256))).isFalse();
    }
}
