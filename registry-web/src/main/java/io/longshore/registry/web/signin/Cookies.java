package io.longshore.registry.web.signin;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The two cookies of people who log in with a browser. No script reads them, and no other site's form brings them along.
 */
final class Cookies {
    /** A login that has begun, until the browser comes back from the issuer. */
    static final String ATTEMPT = "longshore_login";

    /** Somebody who is logged in. */
    static final String SESSION = "longshore_session";

    private static final String ATTEMPT_PATH = "/auth/callback";
    private static final String SESSION_PATH = "/";

    private Cookies() {}

    /** @param age how long the browser is to keep it */
    static NewCookie attempt(String value, Duration age, boolean secure) {
        return cookie(ATTEMPT, value, ATTEMPT_PATH, secure).maxAge((int) age.toSeconds()).build();
    }

    /** Kept until the browser ends. */
    static NewCookie session(String value, boolean secure) {
        return cookie(SESSION, value, SESSION_PATH, secure).build();
    }

    static NewCookie noAttempt(boolean secure) {
        return cookie(ATTEMPT, "", ATTEMPT_PATH, secure).maxAge(0).build();
    }

    static NewCookie noSession(boolean secure) {
        return cookie(SESSION, "", SESSION_PATH, secure).maxAge(0).build();
    }

    private static NewCookie.Builder cookie(String name, String value, String path, boolean secure) {
        return new NewCookie.Builder(name)
                .value(value)
                .path(path)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.LAX);
    }

    /** The value of a cookie that a browser sends; empty if it does not, or sends several, of which one may be planted. */
    static Optional<String> find(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) {
            return Optional.empty();
        }
        String[] values = Stream.of(cookies)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .toArray(String[]::new);
        return values.length == 1 ? Optional.of(values[0]) : Optional.empty();
    }
}
