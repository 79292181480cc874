package io.longshore.registry.client.auth;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One way in which a server lets itself be shown who asks. Immutable.
 *
 * <p>RFC 9110, section 11; RFC 6750, section 3.
 *
 * @param scheme in lower case
 * @param parameters by their names in lower case, unquoted
 */
public record Challenge(String scheme, Map<String, String> parameters) {
    private static final String BASIC = "basic";
    private static final String BEARER = "bearer";

    public Challenge {
        scheme = scheme.toLowerCase(Locale.ROOT);
        parameters = Map.copyOf(parameters);
    }

    /**
     * All challenges of the {@code WWW-Authenticate} headers of a reply, in their order. Text that is no challenge is
     * passed over: the others hold.
     */
    public static List<Challenge> parse(List<String> headers) {
        return headers.stream().flatMap(header -> new ChallengeParser(header).parse().stream()).toList();
    }

    /** Whether it asks for name and password (RFC 7617). */
    public boolean isBasic() {
        return scheme.equals(BASIC);
    }

    /** Whether it asks for a token and says where there are some. */
    public boolean isBearer() {
        return scheme.equals(BEARER) && realm().isPresent();
    }

    /** For {@code Bearer}, the URL where tokens are given out. */
    public Optional<String> realm() {
        return Optional.ofNullable(parameters.get("realm"));
    }

    /** For whom the token is. */
    public Optional<String> service() {
        return Optional.ofNullable(parameters.get("service"));
    }

    /** What the token must be good for, such as {@code repository:team/app:pull}; may be empty. */
    public Set<String> scopes() {
        Set<String> scopes = new LinkedHashSet<>(
                Arrays.asList(parameters.getOrDefault("scope", "").trim().split("\\s+")));
        scopes.remove("");
        return scopes;
    }

    /** Why the credentials shown were not enough, such as {@code insufficient_scope}. */
    public Optional<String> error() {
        return Optional.ofNullable(parameters.get("error"));
    }
}
