package io.longshore.registry.access.account;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.util.regex.Pattern;

/**
 * The name of a user, a group or a robot that the registry keeps: narrower than what names from elsewhere may be. In
 * small letters only, so that no two names differ in nothing but that, and without the colon that ends a name in HTTP
 * Basic.
 */
public record AccountName(String value) {
    private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,127}");

    /** @throws RegistryException.Invalid {@link ErrorCode#NAME_INVALID} if nobody can be called so */
    public AccountName {
        if (!isName(value)) {
            throw new RegistryException.Invalid(
                    ErrorCode.NAME_INVALID,
                    "a name has 1 to 128 small letters, digits and the signs . _ @ + -, a letter or digit first",
                    "");
        }
    }

    public static AccountName parse(String text) {
        return new AccountName(text);
    }

    static boolean isName(String text) {
        return GRAMMAR.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
