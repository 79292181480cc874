package io.longshore.registry.config;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** The keys of {@code auth.htpasswd}. */
final class HtpasswdKeys {
    static final KeyTable TABLE = new KeyTable();
    static final String SECTION = "auth.htpasswd";

    private static final Pattern QUOTABLE = Pattern.compile("[\\x20-\\x7E&&[^\"\\\\]]*");

    static final Key<Path> PATH = TABLE.add(SECTION + ".path", Types.PATH, "",
            "A file with the names of users and the hashes of their passwords, by bcrypt alone, as `htpasswd -B` makes"
                    + " them. Must be there. It is read again when it changes.");
    static final Key<String> REALM = TABLE.add(SECTION + ".realm", ValueType.text("text", HtpasswdKeys::realm),
            "Longshore",
            "What clients that are asked for a password by `Basic` are told that it is for.");

    private HtpasswdKeys() {}

    private static String realm(String text) {
        if (!QUOTABLE.matcher(text).matches()) {
            throw new IllegalArgumentException("expected printable ASCII characters, without quotes and backslashes");
        }
        return text;
    }
}
