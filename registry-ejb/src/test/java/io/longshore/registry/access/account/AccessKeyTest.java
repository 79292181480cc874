package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.config.Secret;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeyTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static String robot() {
        return AccessKey.make(AccessKey.Kind.ROBOT, RANDOM).secret().reveal();
    }

    @Test
    void looksLikeASecretOfThisRegistry() {
        assertThat(robot()).matches("lsr_[0-9A-Za-z]{61}");
        assertThat(AccessKey.make(AccessKey.Kind.TOKEN, RANDOM).secret().reveal()).matches("lsp_[0-9A-Za-z]{61}");
    }

    @ParameterizedTest
    @EnumSource(AccessKey.Kind.class)
    void isReadAsItWasMade(AccessKey.Kind kind) {
        AccessKey made = AccessKey.make(kind, RANDOM);
        AccessKey read = AccessKey.parse(kind, made.secret()).orElseThrow();

        assertThat(read.id()).isEqualTo(made.id());
        assertThat(read.hash()).isEqualTo(made.hash()).hasSize(32);
        assertThat(read.hasHash(made.hash())).isTrue();
    }

    @Test
    void isNotReadAsAnotherKind() {
        assertThat(AccessKey.parse(AccessKey.Kind.TOKEN, Secret.of(robot()))).isEmpty();
    }

    @Test
    void isAnotherEachTime() {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            made.add(robot());
        }

        assertThat(made).hasSize(1000);
    }

    @Test
    void differsFromTheHashOfAnyOther() {
        AccessKey one = AccessKey.make(AccessKey.Kind.ROBOT, RANDOM);

        assertThat(one.hasHash(AccessKey.make(AccessKey.Kind.ROBOT, RANDOM).hash())).isFalse();
    }

    @Test
    void aSlipInAnySignIsNoticed() {
        String right = robot();
        for (int i = 0; i < right.length(); i++) {
            char other = right.charAt(i) == 'x' ? 'y' : 'x';
            String wrong = right.substring(0, i) + other + right.substring(i + 1);

            assertThat(AccessKey.parse(AccessKey.Kind.ROBOT, Secret.of(wrong))).as("sign %d", i).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lsr_", "lsr_ä", "password", "lsr_0123456789"})
    void otherTextsAreNone(String text) {
        assertThat(AccessKey.parse(AccessKey.Kind.ROBOT, Secret.of(text))).isEmpty();
        assertThat(AccessKey.parse(AccessKey.Kind.ROBOT, Secret.of(robot() + text + "0"))).isEmpty();
    }

    @Test
    void printsNoSecret() {
        AccessKey key = AccessKey.make(AccessKey.Kind.ROBOT, RANDOM);

        assertThat(key.toString()).isEqualTo("lsr_" + key.id() + "***");
        assertThat(new Issued<>("robot", key.secret()).toString()).doesNotContain(key.secret().reveal());
    }
}
