package io.longshore.registry.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class LibtrustKeyIdTest {
    private static final String KEY = "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9"
            + "q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==";

    @Test
    void isTheBeginningOfTheHashInBase32() throws Exception {
        PublicKey key = KeyFactory.getInstance("EC")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(KEY)));
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());

        String id = LibtrustKeyId.of(key);

        assertThat(id).matches("(?:[A-Z2-7]{4}:){11}[A-Z2-7]{4}");
        assertThat(base32(id.replace(":", ""))).isEqualTo(Arrays.copyOf(hash, 30));
    }

    private static byte[] base32(String text) {
        byte[] bytes = new byte[text.length() * 5 / 8];
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            int letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(text.charAt(bit / 5));
            bytes[bit / 8] |= (byte) ((letter >> 4 - bit % 5 & 1) << 7 - bit % 8);
        }
        return bytes;
    }
}
