package io.longshore.registry.client.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** What shows one host who asks. Prints without its secret. Immutable. */
public final class Credentials {
    /** The name that stands for none beside an identity token, in Docker's configuration as well. */
    private static final String TOKEN_USER = "<token>";

    private final String user;
    private final String secret;
    private final boolean identityToken;

    private Credentials(String user, String secret, boolean identityToken) {
        this.user = Objects.requireNonNull(user, "user");
        this.secret = Objects.requireNonNull(secret, "secret");
        this.identityToken = identityToken;
    }

    /**
     * A name and its password.
     *
     * @throws IllegalArgumentException if the name has a colon, which cannot be sent (RFC 7617, section 2)
     */
    public static Credentials password(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the name of a user has no colon");
        }
        return new Credentials(user, password, false);
    }

    /** What a token server exchanges for tokens (distribution's OAuth2 specification, {@code refresh_token}). */
    public static Credentials identityToken(String token) {
        return new Credentials(TOKEN_USER, token, true);
    }

    /** Whether this is to be exchanged for tokens by OAuth2. */
    boolean isIdentityToken() {
        return identityToken;
    }

    String user() {
        return user;
    }

    String secret() {
        return secret;
    }

    /** The value of {@code Authorization} (RFC 7617). */
    String basic() {
        byte[] pair = (user + ':' + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return identityToken ? "identity token" : "password of " + user;
    }
}
