package io.longshore.registry.access.oidc;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A login with a browser that has begun. It is kept where that browser alone has it, in a cookie that no script can
 * read, and needs no place on any node.
 *
 * @param issuer the name of the issuer at which it has begun
 * @param state comes back with the browser, and so proves that it is the same
 * @param nonce comes back in the token
 * @param verifier proves to the issuer who began it (RFC 7636)
 * @param begun when
 */
public record LoginAttempt(String issuer, String state, String nonce, String verifier, Instant begun) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 32;
    private static final Pattern FORM = Pattern.compile(
            "([a-z0-9-]{1,100})\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})\\.([A-Za-z0-9_-]{43})\\.([0-9]{1,12})");

    /** A new one. */
    static LoginAttempt begin(String issuer, Instant now) {
        return new LoginAttempt(issuer, random(), random(), random(), now);
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Fit for the value of a cookie. */
    public String text() {
        return String.join(".", issuer, state, nonce, verifier, String.valueOf(begun.getEpochSecond()));
    }

    /** Reads what {@link #text()} wrote; empty if it is something else. */
    public static Optional<LoginAttempt> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new LoginAttempt(
                        form.group(1), form.group(2), form.group(3), form.group(4),
                        Instant.ofEpochSecond(Long.parseLong(form.group(5)))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "LoginAttempt[issuer=" + issuer + ", begun=" + begun + "]";
    }
}
