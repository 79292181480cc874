package io.longshore.registry.config;

import java.time.Duration;
import java.util.regex.Pattern;

/** The keys of {@code auth.users} and {@code auth.tokens}. */
final class AccountsKeys {
    static final KeyTable TABLE = new KeyTable();

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@+-]{0,127}");

    static final Key<Boolean> USERS_ENABLED = TABLE.add("auth.users.enabled", Types.BOOLEAN, "false",
            "Whether users log in by passwords that the registry keeps in its database. Where there are none, an"
                    + " administrator is made, whose password is in the file `initial-admin-password` in the folder that"
                    + " `data` names.");
    static final Key<String> USERS_ADMINISTRATOR = TABLE.add("auth.users.administrator",
            ValueType.text("name", AccountsKeys::name), "admin",
            "The name of that administrator.");
    static final Key<Duration> TOKENS_MAXLIFETIME = TABLE.add("auth.tokens.maxlifetime",
            Types.duration(Duration.ofMinutes(1), Duration.ofHours(87_600)), "8760h",
            "How long a personal access token can be made to work at most.");

    private AccountsKeys() {}

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("expected small letters, digits and the signs . _ @ + -");
        }
        return text;
    }
}
