package io.longshore.registry.it.client;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;

/** Somebody who can log in. */
record Account(String name, String password) {
    private static final int CHEAP = 5;

    /** With a password that nobody knows. */
    static Account of(String name) {
        return new Account(name, UUID.randomUUID().toString());
    }

    /** The same name with another password. */
    Account mistyped() {
        return of(name);
    }

    /** As many clients take it on the command line. */
    String pair() {
        return name + ':' + password;
    }

    /** The value of {@code Authorization}. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString(pair().getBytes(StandardCharsets.UTF_8));
    }

    /** The line of a file as {@code htpasswd -B} makes it. */
    String line() {
        return name + ':' + BCrypt.withDefaults().hashToString(CHEAP, password.toCharArray());
    }
}
