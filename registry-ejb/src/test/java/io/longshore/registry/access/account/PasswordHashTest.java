package io.longshore.registry.access.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.access.ProcessorTime;
import io.longshore.registry.config.Secret;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;
import org.glassfish.soteria.identitystores.hash.Pbkdf2PasswordHashImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    private static final Secret PASSWORD = Secret.of("correct horse, bättery 🐎");
    private final PasswordHash hash = new PasswordHash(1000);

    private static Pbkdf2PasswordHash soteria(String algorithm) {
        Pbkdf2PasswordHash soteria = new Pbkdf2PasswordHashImpl();
        soteria.initialize(Map.of(
                "Pbkdf2PasswordHash.Algorithm", algorithm, "Pbkdf2PasswordHash.Iterations", "2048"));
        return soteria;
    }

    @Test
    void knowsThePasswordAgain() {
        String kept = hash.hash(PASSWORD);

        assertThat(hash.verify(PASSWORD, kept)).isTrue();
        assertThat(hash.verify(Secret.of("another"), kept)).isFalse();
    }

    @Test
    void isWrittenAsJakartaSecurityDoes() {
        assertThat(hash.hash(PASSWORD)).matches("PBKDF2WithHmacSHA256:1000:[0-9A-Za-z+/]{43}=:[0-9A-Za-z+/]{43}=");
    }

    @Test
    void isAnotherEachTime() {
        assertThat(hash.hash(PASSWORD)).isNotEqualTo(hash.hash(PASSWORD));
    }

    @Test
    void soteriaVerifiesIt() {
        String kept = hash.hash(PASSWORD);

        assertThat(soteria("PBKDF2WithHmacSHA256").verify(PASSWORD.reveal().toCharArray(), kept)).isTrue();
        assertThat(soteria("PBKDF2WithHmacSHA256").verify("another".toCharArray(), kept)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "PBKDF2WithHmacSHA224", "PBKDF2WithHmacSHA256", "PBKDF2WithHmacSHA384", "PBKDF2WithHmacSHA512"
    })
    void verifiesWhatSoteriaWrote(String algorithm) {
        String kept = soteria(algorithm).generate(PASSWORD.reveal().toCharArray());

        assertThat(hash.verify(PASSWORD, kept)).isTrue();
        assertThat(hash.verify(Secret.of("another"), kept)).isFalse();
    }

    @Test
    void nobodyHasAPassword() {
        assertThat(hash.verifyNobody(PASSWORD)).isFalse();
        assertThat(hash.verifyNobody(Secret.of(""))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "PBKDF2WithHmacSHA1:1:AA==:AA==", "PBKDF2WithHmacSHA256:x:AA==:AA=="})
    void refusesWhatIsNoHash(String kept) {
        assertThatThrownBy(() -> hash.verify(PASSWORD, kept)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Without a derivation it would be some ten thousand times as much. */
    @Test
    void aNameThatIsUnknownCostsAsMuchAsAWrongPassword() throws Exception {
        PasswordHash slow = new PasswordHash(50_000);
        String kept = slow.hash(Secret.of("right"));

        double wrong = ProcessorTime.of(() -> slow.verify(Secret.of("wrong"), kept));
        double unknown = ProcessorTime.of(() -> slow.verifyNobody(Secret.of("wrong")));

        assertThat(unknown / wrong).isBetween(0.2, 5.0);
    }
}
