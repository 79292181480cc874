package io.longshore.registry.it.access;

import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** The users of the {@link AccessServer}, named after what they may do in {@code public/**} and {@code private/**}. */
enum Account {
    /** Is known, and in no rule. */
    NOBODY,
    PULLER,
    /** May pull, too; as may all the following. */
    PUSHER,
    /** Another one who may push. */
    STRANGER,
    DELETER,
    /** May do everything there, and not administer the registry. */
    KEEPER,
    /** Administers the registry. */
    ROOT;

    /** Another one in each run, and long enough to be looked for in logs. */
    private final String password =
            "password-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    String user() {
        return name().toLowerCase(Locale.ROOT);
    }

    String password() {
        return password;
    }

    /** What stands in {@code Authorization}. */
    String basic() {
        return Shown.basic(user(), password);
    }
}
