package io.longshore.registry.client.auth;

import io.longshore.registry.client.http.Body;
import io.longshore.registry.client.http.Request;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a token is asked for with.
 *
 * @param realm where
 * @param service for whom it is; may be empty
 * @param scopes what it must be good for; may be empty
 */
record TokenRequest(URI realm, String service, Set<String> scopes) {
    private static final String CLIENT = "longshore";

    TokenRequest {
        scopes = Set.copyOf(scopes);
    }

    /**
     * Asks for what a challenge says.
     *
     * @throws IOException if it names no URL
     */
    static TokenRequest of(Challenge challenge, Set<String> scopes) throws IOException {
        String realm = challenge.realm().orElse("");
        try {
            URI uri = URI.create(realm);
            if (uri.getHost() != null && uri.getScheme() != null && uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http")) {
                return new TokenRequest(uri, challenge.service().orElse(""), scopes);
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the registry names no URL to get a token at", e);
        }
        throw new IOException("the registry names no URL to get a token at");
    }

    /** Distribution's token authentication specification, "Requesting a Token". */
    Request byGet(Optional<Credentials> credentials) {
        StringBuilder query = new StringBuilder(realm.getRawQuery() == null ? "" : realm.getRawQuery());
        append(query, "service", service);
        scopes.stream().sorted().forEach(scope -> append(query, "scope", scope));
        credentials
                .filter(known -> !known.isIdentityToken())
                .ifPresent(known -> append(query, "account", known.user()));
        String bare = realm.getScheme() + "://" + realm.getRawAuthority() + realm.getRawPath();
        Request request = Request.of("GET", URI.create(query.length() == 0 ? bare : bare + '?' + query));
        return credentials.map(known -> request.with("Authorization", known.basic())).orElse(request);
    }

    /** Distribution's OAuth2 specification, "Getting a token". The secret is in the body: it stays with this host. */
    Request byPost(Credentials identity) {
        StringBuilder form = new StringBuilder("grant_type=refresh_token");
        append(form, "refresh_token", identity.secret());
        append(form, "client_id", CLIENT);
        append(form, "service", service);
        append(form, "scope", String.join(" ", scopes.stream().sorted().toList()));
        byte[] bytes = form.toString().getBytes(StandardCharsets.US_ASCII);
        return Request.of("POST", realm)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with(Body.of(bytes))
                .confine();
    }

    private static void append(StringBuilder form, String name, String value) {
        if (value.isEmpty()) {
            return;
        }
        form.append(form.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
