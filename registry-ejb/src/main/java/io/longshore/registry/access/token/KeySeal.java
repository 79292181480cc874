package io.longshore.registry.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import io.longshore.registry.config.Secret;
import io.longshore.registry.seal.Seal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.ParseException;
import java.util.Optional;

/** Keeps private keys from those who can read the database, if there is a secret. Thread-safe. */
final class KeySeal {
    private final Seal seal;

    private KeySeal(Seal seal) {
        this.seal = seal;
    }

    static KeySeal of(Optional<Secret> secret) {
        return new KeySeal(Seal.of(secret, "longshore signing key", "jwk+json"));
    }

    /** Names the secret and tells nothing of it; empty if there is none. */
    Optional<String> secretId() {
        return seal.secretId();
    }

    /** What to write of a key pair. */
    String close(ECKey pair) {
        return seal.close(pair.toJSONString());
    }

    /**
     * The key pair of what was written.
     *
     * @param kid the thumbprint that its public key has to have
     * @throws GeneralSecurityException if it was written with another secret, or is not what was written
     */
    ECKey open(String text, String kid) throws GeneralSecurityException {
        try {
            ECKey pair = ECKey.parse(seal.open(text));
            byte[] thumbprint = pair.computeThumbprint().toString().getBytes(StandardCharsets.US_ASCII);
            if (!pair.isPrivate() || !MessageDigest.isEqual(thumbprint, kid.getBytes(StandardCharsets.US_ASCII))) {
                throw new GeneralSecurityException("it is the pair of another key");
            }
            return pair;
        } catch (JOSEException | ParseException e) {
            // Of a key that is written as it is, the cause might say a part.
            throw new GeneralSecurityException("it cannot be read");
        }
    }
}
