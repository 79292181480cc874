package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "alice", "alice.smith@example.com", "ci-main_2+x"})
    void takesWhatHttpBasicAndRulesCanCarry(String name) {
        assertThat(AccountName.parse(name)).hasToString(name);
        assertThat(Subject.isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Alice", ".a", "-a", "a:b", "a b", "a/b", "a\n", "ä", "*"})
    void refusesOthers(String name) {
        assertThatThrownBy(() -> AccountName.parse(name)).isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void refusesLongOnes() {
        assertThat(AccountName.isName("a".repeat(128))).isTrue();
        assertThat(AccountName.isName("a".repeat(129))).isFalse();
    }
}
