package io.longshore.registry.web.token;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request for a token, from the query of a GET or the form of a POST. An empty one counts as none.
 * Prints no value, since there are passwords among them.
 */
final class TokenParameters {
    /** The parameter that may come more than once. */
    private static final String SCOPE = "scope";

    private final Map<String, List<String>> values;

    private TokenParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Reads {@code application/x-www-form-urlencoded}.
     *
     * @param encoded null for nothing
     * @throws OAuthException if it is not encoded so, or names a parameter twice that can come once (RFC 6749, section
     *     3.2)
     */
    static TokenParameters parse(String encoded) throws OAuthException {
        Map<String, List<String>> values = new HashMap<>();
        for (String field : encoded == null ? new String[0] : encoded.split("&")) {
            int equals = field.indexOf('=');
            String name = decoded(equals < 0 ? field : field.substring(0, equals));
            String value = equals < 0 ? "" : decoded(field.substring(equals + 1));
            if (value.isEmpty()) {
                continue;
            }
            List<String> known = values.computeIfAbsent(name, any -> new ArrayList<>());
            if (!known.isEmpty() && !name.equals(SCOPE)) {
                throw OAuthException.invalidRequest("a parameter other than scope is there twice");
            }
            known.add(value);
        }
        return new TokenParameters(values);
    }

    private static String decoded(String text) throws OAuthException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw OAuthException.invalidRequest("the parameters are not encoded as those of a form");
        }
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name)).map(list -> list.get(0));
    }

    /**
     * The value of a parameter that has to be there.
     *
     * @throws OAuthException if it is not
     */
    String get(String name) throws OAuthException {
        Optional<String> value = find(name);
        if (value.isEmpty()) {
            throw OAuthException.invalidRequest("the parameter " + name + " is missing");
        }
        return value.get();
    }

    /** All that is asked for. */
    List<String> scopes() {
        return values.getOrDefault(SCOPE, List.of());
    }
}
