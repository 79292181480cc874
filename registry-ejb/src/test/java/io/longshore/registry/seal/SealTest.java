package io.longshore.registry.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.config.Secret;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealTest {
    private static Seal seal(String secret, String purpose) {
        return Seal.of(Optional.of(Secret.of(secret)), purpose, "text/plain");
    }

    @Test
    void derivesKeysAsRfc5869Says() {
        HexFormat hex = HexFormat.of();

        // Test case 3: no salt, no info; of 42 bytes the first 32, which are one block.
        assertThat(hex.formatHex(Seal.derived(hex.parseHex("0b".repeat(22)), "")))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }

    @Test
    void opensWhatItClosedAndNothingElse() throws GeneralSecurityException {
        Seal seal = seal("correct horse", "webhooks");
        String closed = seal.close("whsec_x");

        assertThat(closed).doesNotContain("whsec");
        assertThat(seal.open(closed)).isEqualTo("whsec_x");
        for (Seal other : new Seal[] {seal("correct horse", "keys"), seal("another", "webhooks")}) {
            assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> other.open(closed));
        }
        assertThatExceptionOfType(GeneralSecurityException.class).isThrownBy(() -> seal.open("whsec_x"));
    }

    @Test
    void writesTextsAsTheyAreWithoutASecret() throws GeneralSecurityException {
        Seal none = Seal.of(Optional.empty(), "webhooks", "text/plain");

        assertThat(none.open(none.close("whsec_x"))).isEqualTo("whsec_x").isEqualTo(none.close("whsec_x"));
    }
}
