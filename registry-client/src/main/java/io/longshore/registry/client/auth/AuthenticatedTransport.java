package io.longshore.registry.client.auth;

import io.longshore.registry.client.http.Origin;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.client.http.Retries;
import io.longshore.registry.client.http.Transport;
import io.longshore.registry.model.Quoted;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sends requests to one registry, and shows it who asks once it wants to know. Other hosts, where uploads may lead, are
 * shown nothing. Thread-safe.
 */
public final class AuthenticatedTransport {
    private static final String AUTHORIZATION = "Authorization";

    private final Origin registry;
    private final Transport transport;
    private final CredentialSource credentials;
    private final TokenSource tokens;

    /** What the registry wanted last: shown from then on without being asked for. */
    private volatile Optional<Wanted> wanted = Optional.empty();

    public AuthenticatedTransport(Origin registry, Transport transport, CredentialSource credentials, Clock clock) {
        this.registry = registry;
        this.transport = transport;
        this.credentials = credentials;
        this.tokens = new TokenSource(registry.authority(), credentials, transport, clock);
    }

    /** A challenge, and the answer to it if that is the same for all requests. */
    private record Wanted(Challenge challenge, Optional<String> basic) {}

    /**
     * Sends a request, twice if the registry wants other credentials than it was shown first.
     *
     * @param scopes what a token must be good for
     * @return the answer of any status, to be closed; 401 if there are no credentials, or none that it takes
     * @throws RegistryException.Unauthenticated if no token is given out for the credentials
     * @throws IOException as {@link Transport#send}
     */
    public Response send(Request request, Set<String> scopes) throws IOException {
        if (!registry.equals(Origin.of(request.uri()))) {
            return transport.send(request);
        }
        Optional<String> shown = known(scopes);
        Response response = transport.send(shown.map(value -> request.with(AUTHORIZATION, value)).orElse(request));
        if (response.status() != 401 || !registry.equals(Origin.of(response.request().uri()))) {
            return response;
        }
        Optional<String> better;
        try {
            better = answer(Challenge.parse(response.headers("WWW-Authenticate")), scopes, shown);
        } catch (IOException | RegistryException e) {
            response.close();
            throw e;
        }
        if (better.isEmpty()) {
            return explained(response, scopes);
        }
        response.close();
        return explained(transport.send(request.with(AUTHORIZATION, better.get())), scopes);
    }

    /** Registries say little about why they do not let somebody in. */
    private Response explained(Response response, Set<String> scopes) throws IOException {
        if (response.status() != 401 || wanted.isEmpty()) {
            return response;
        }
        try {
            return response.noted(reason(wanted.get().challenge(), scopes));
        } catch (IOException e) {
            response.close();
            throw e;
        }
    }

    private String reason(Challenge challenge, Set<String> scopes) throws IOException {
        String host = registry.authority();
        String who = credentials.credentials(host)
                .map(known -> "the " + known)
                .orElse("no credentials, as none are known for " + host);
        if (challenge.isBasic()) {
            return host + " was asked with " + who;
        }
        String what = scopes.isEmpty() ? "" : " for " + String.join(" ", new TreeSet<>(scopes));
        String where = challenge.realm().map(Quoted::of).orElse("");
        return host + " does not take the token" + what + " that " + where + " gave for " + who;
    }

    /** A full number of attempts, for what a caller repeats by itself. */
    public Retries retries() {
        return transport.retries();
    }

    private Optional<String> known(Set<String> scopes) throws IOException {
        Optional<Wanted> last = wanted;
        if (last.isEmpty() || last.get().challenge().isBasic()) {
            return last.flatMap(Wanted::basic);
        }
        return Optional.of(tokens.bearer(last.get().challenge(), scopes, Optional.empty()));
    }

    private Optional<String> answer(List<Challenge> challenges, Set<String> scopes, Optional<String> shown)
            throws IOException {
        Optional<Challenge> bearer = challenges.stream().filter(Challenge::isBearer).findFirst();
        if (bearer.isPresent()) {
            wanted = Optional.of(new Wanted(bearer.get(), Optional.empty()));
            Set<String> all = new LinkedHashSet<>(scopes);
            all.addAll(bearer.get().scopes());
            return Optional.of(tokens.bearer(bearer.get(), all, shown));
        }
        Optional<Challenge> basic = challenges.stream().filter(Challenge::isBasic).findFirst();
        if (basic.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> pair = credentials.credentials(registry.authority()).map(Credentials::basic);
        wanted = Optional.of(new Wanted(basic.get(), pair));
        return pair.equals(shown) ? Optional.empty() : pair;
    }
}
