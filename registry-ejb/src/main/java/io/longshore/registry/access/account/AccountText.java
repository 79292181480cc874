package io.longshore.registry.access.account;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.util.regex.Pattern;

/** What texts about accounts may be. */
final class AccountText {
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_DESCRIPTION = 1000;
    private static final int LONGEST_TITLE = 100;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}\\p{Cs}]*");

    private AccountText() {}

    static void checkEmail(String email) {
        checkLine(email, LONGEST_EMAIL, "an email address");
        if (!EMAIL.matcher(email).matches()) {
            throw refused("an email address has one @, with something on both sides, and no spaces");
        }
    }

    static void checkDescription(String description) {
        checkLine(description, LONGEST_DESCRIPTION, "a description");
    }

    /** What its owner calls a token. */
    static void checkTitle(String title) {
        checkLine(title, LONGEST_TITLE, "the name of a token");
        if (title.isBlank()) {
            throw refused("the name of a token is not empty");
        }
    }

    private static void checkLine(String text, int longest, String what) {
        if (text.length() > longest || !LINE.matcher(text).matches()) {
            throw refused(what + " has at most " + longest + " characters, and no control characters");
        }
    }

    private static RegistryException refused(String message) {
        return new RegistryException.Invalid(ErrorCode.UNSUPPORTED, message, "");
    }
}
