package io.longshore.registry.web.signin;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.token.RefreshTokens;
import io.longshore.registry.config.Secret;
import io.longshore.registry.model.RegistryException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Who is logged in with a browser. A session is a refresh token in a cookie, of a use of its own: known on every node,
 * ended by an administrator like any other, and good for no longer than what the issuer has said. Thread-safe.
 */
public final class Sessions {
    private static final String CLIENT = "browser";

    private final RefreshTokens tokens;

    public Sessions(RefreshTokens tokens) {
        this.tokens = tokens;
    }

    /** Begins one; empty for anonymous. */
    Optional<Secret> begin(Identity identity) {
        return tokens.create(identity, RefreshTokens.Use.BROWSER, CLIENT);
    }

    /**
     * Whose browser sends a request.
     *
     * @throws RegistryException.Unavailable if that cannot be told now
     */
    public Optional<Identity> of(HttpServletRequest request) {
        return Cookies.find(request, Cookies.SESSION)
                .flatMap(text -> tokens.redeem(Secret.of(text), RefreshTokens.Use.BROWSER));
    }

    /** Ends the one that a request comes with, if any. */
    void end(HttpServletRequest request) {
        Cookies.find(request, Cookies.SESSION).ifPresent(session -> tokens.end(Secret.of(session)));
    }
}
