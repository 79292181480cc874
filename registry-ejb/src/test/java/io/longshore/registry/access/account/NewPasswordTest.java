package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.config.Secret;
import io.longshore.registry.model.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewPasswordTest {

    private static NewPassword password(String text) {
        return new NewPassword(Secret.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678", "correct horse battery staple", "ünïcödé", "🐎🐎🐎🐎🐎🐎🐎🐎", " spaces "})
    void takesWhatIsLongEnough(String text) {
        String padded = text + "x".repeat(Math.max(0, 8 - text.length()));

        assertThatCode(() -> password(padded).checkFor(new AccountName("alice"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "🐎🐎🐎🐎🐎🐎🐎", "with\nnewline", "with\u0000zero", "half \ud83d a horse"})
    void refusesWhatIsTooShortOrNoText(String text) {
        assertThatThrownBy(() -> password(text)).isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatCode(() -> password("x".repeat(256))).doesNotThrowAnyException();
        assertThatThrownBy(() -> password("x".repeat(257))).isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void refusesTheNameOfTheUser() {
        assertThatThrownBy(() -> password("Charlotte").checkFor(new AccountName("charlotte")))
                .isInstanceOf(RegistryException.Invalid.class);
    }

    @Test
    void saysNothingOfThePassword() {
        assertThatThrownBy(() -> password("1234567")).message().doesNotContain("1234567");
    }
}
