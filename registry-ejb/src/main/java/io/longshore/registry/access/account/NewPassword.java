package io.longshore.registry.access.account;

import io.longshore.registry.config.Secret;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A password that somebody wants to have. Long ones are better than strange ones, so that length is all that is asked.
 */
public record NewPassword(Secret secret) {
    private static final int LEAST = 8;
    private static final int MOST = 256;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /**
     * @throws RegistryException.Invalid if it is too short, too long, has control characters, which HTTP Basic cannot
     *     carry, or is no Unicode
     */
    public NewPassword {
        String text = secret.reveal();
        if (length(text) < LEAST || isTooLong(secret)) {
            throw refused("a password has " + LEAST + " to " + MOST + " characters");
        }
        if (CONTROL.matcher(text).find() || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw refused("a password has no control characters and no halves of characters");
        }
    }

    /** Whether a text is nobody's password: none of that length was ever taken. */
    static boolean isTooLong(Secret text) {
        return length(text.reveal()) > MOST;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** @throws RegistryException.Invalid if it is the name of the one whose it is to be */
    void checkFor(AccountName name) {
        if (secret.reveal().equalsIgnoreCase(name.value())) {
            throw refused("a password is not the name of its user");
        }
    }

    private static RegistryException refused(String message) {
        return new RegistryException.Invalid(ErrorCode.UNSUPPORTED, message, "");
    }
}
