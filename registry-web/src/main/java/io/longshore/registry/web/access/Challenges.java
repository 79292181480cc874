package io.longshore.registry.web.access;

import io.longshore.registry.web.location.Locations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** What clients are asked for: the values of {@code WWW-Authenticate} (RFC 9110, section 11.6.1). Thread-safe. */
public interface Challenges {

    /**
     * A challenge.
     *
     * @param scope what a token has to be good for, such as {@code repository:team/app:pull}; empty for nothing yet
     * @param error why the credentials shown were not enough, in the words of RFC 6750, section 3.1; empty if there were
     *     none
     */
    String of(HttpServletRequest request, String scope, String error);

    /** Asks for name and password. */
    static Challenges basic(String realm) {
        String challenge = "Basic realm=\"" + realm + "\", charset=\"UTF-8\"";
        return (request, scope, error) -> challenge;
    }

    /**
     * Asks for a token (distribution's token authentication specification).
     *
     * @param realm where tokens are given out; empty for {@code path} on the host that the request was sent to
     * @param service the audience of the tokens
     */
    static Challenges bearer(Optional<String> realm, String path, Locations locations, String service) {
        return (request, scope, error) -> {
            StringBuilder challenge = new StringBuilder("Bearer realm=\"")
                    .append(realm.orElseGet(() -> locations.absolute(request, path)))
                    .append("\",service=\"")
                    .append(service)
                    .append('"');
            append(challenge, "scope", scope);
            append(challenge, "error", error);
            return challenge.toString();
        };
    }

    private static void append(StringBuilder challenge, String name, String value) {
        if (!value.isEmpty()) {
            challenge.append(',').append(name).append("=\"").append(value).append('"');
        }
    }
}
