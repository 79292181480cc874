package io.longshore.registry.access.jwt;

/** Why a token is not believed. Has no stack trace, and nothing in it that the token says. */
final class NotBelieved extends Exception {
    private static final long serialVersionUID = 1L;

    NotBelieved(String message) {
        super(message, null, false, false);
    }

    static void unless(boolean condition, String message) throws NotBelieved {
        if (!condition) {
            throw new NotBelieved(message);
        }
    }
}
