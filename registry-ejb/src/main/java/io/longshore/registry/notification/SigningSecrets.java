package io.longshore.registry.notification;

import io.longshore.registry.config.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes keys of signatures, as Standard Webhooks writes them. */
public final class SigningSecrets {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private SigningSecrets() {}

    /** {@code whsec_} and 32 random bytes in base64. */
    public static Secret make() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Secret.of("whsec_" + Base64.getEncoder().encodeToString(bytes));
    }
}
