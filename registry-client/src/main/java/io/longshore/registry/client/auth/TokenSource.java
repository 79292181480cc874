package io.longshore.registry.client.auth;

import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.JsonReply;
import io.longshore.registry.client.http.Origin;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.client.http.Transport;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The tokens for one registry, each fetched once for all who need it and used until shortly before it expires.
 * Thread-safe.
 *
 * <p>Distribution's token authentication and OAuth2 specifications.
 */
public final class TokenSource {
    private static final int MAX_REPLY_BYTES = 1 << 20;
    private static final int MANY = 1000;

    /** Identity tokens are not taken everywhere by OAuth2: these say that there is no such thing. */
    private static final Set<Integer> NO_OAUTH = Set.of(404, 405);

    private static final Set<Integer> REFUSED = Set.of(400, 401, 403);

    private final String host;
    private final CredentialSource credentials;
    private final Transport transport;
    private final Clock clock;
    private final Map<TokenRequest, Slot> slots = new ConcurrentHashMap<>();

    /** @param host of the registry, as credentials are kept for it */
    public TokenSource(String host, CredentialSource credentials, Transport transport, Clock clock) {
        this.host = host;
        this.credentials = credentials;
        this.transport = transport;
        this.clock = clock;
    }

    /** Where a token is kept, and who may fetch it. */
    private static final class Slot {
        private final Lock lock = new ReentrantLock();
        private volatile Optional<Token> token = Optional.empty();

        boolean isOver(Instant now) {
            return token.filter(known -> !known.isGoodAt(now)).isPresent();
        }
    }

    /**
     * A token, as the value of {@code Authorization}.
     *
     * @param challenge says where there are some, and for whom
     * @param scopes what it must be good for; the token may be good for less
     * @param refused what is not to be given out again, because the registry did not take it
     * @throws RegistryException.Unauthenticated if the token server does not take the credentials, or wants some
     * @throws IOException if there is no token for any other reason
     */
    public String bearer(Challenge challenge, Set<String> scopes, Optional<String> refused) throws IOException {
        TokenRequest request = TokenRequest.of(challenge, scopes);
        Slot slot = slots.computeIfAbsent(request, key -> new Slot());
        slot.lock.lock();
        try {
            Optional<String> known = slot.token.filter(token -> token.isGoodAt(clock.instant())).map(Token::bearer);
            if (known.isPresent() && !known.equals(refused)) {
                return known.get();
            }
            Token token = fetch(request);
            slot.token = Optional.of(token);
            return token.bearer();
        } finally {
            slot.lock.unlock();
            forgetOld();
        }
    }

    private void forgetOld() {
        if (slots.size() > MANY) {
            slots.values().removeIf(slot -> slot.isOver(clock.instant()));
        }
    }

    private Token fetch(TokenRequest request) throws IOException {
        Optional<Credentials> known = credentials.credentials(host);
        Instant asked = clock.instant();
        Optional<Credentials> identity = known.filter(Credentials::isIdentityToken);
        if (identity.isPresent()) {
            Response response = transport.send(request.byPost(identity.get()));
            if (!NO_OAUTH.contains(response.status())) {
                return read(response, known, asked);
            }
            response.close();
        }
        return read(transport.send(request.byGet(known)), known, asked);
    }

    private Token read(Response response, Optional<Credentials> shown, Instant asked) throws IOException {
        try (response) {
            Request request = response.request();
            if (response.status() == 200) {
                return parse(response, asked);
            }
            if (REFUSED.contains(response.status())) {
                String what = shown.map(known -> "does not take the " + known).orElse("wants credentials");
                throw new RegistryException.Unauthenticated(
                        String.join(", ", response.headers("WWW-Authenticate")),
                        Origin.of(request.uri()) + ", which gives out the tokens, " + what + " for " + host,
                        "");
            }
            if (response.status() == 429) {
                throw Failure.of(response);
            }
            throw new IOException(request + ": " + response.status());
        }
    }

    private static Token parse(Response response, Instant asked) throws IOException {
        byte[] reply = response.bytes(MAX_REPLY_BYTES);
        try {
            return Token.of(JsonReply.scalars(reply), asked);
        } catch (IOException e) {
            throw new IOException(response.request() + ": " + e.getMessage(), e);
        }
    }
}
