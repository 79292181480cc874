package io.longshore.registry.access.oidc;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.jwt.HttpDocuments;
import io.longshore.registry.access.jwt.JwtClaims;
import io.longshore.registry.access.jwt.JwtVerifier;
import io.longshore.registry.config.OidcConfig;
import io.longshore.registry.config.Secret;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets people log in with a browser at an issuer: the authorization code flow of OpenID Connect, with PKCE, state and
 * nonce. Holds nothing of logins that have begun. Thread-safe.
 */
public final class OidcLogin {
    private static final System.Logger LOG = System.getLogger(OidcLogin.class.getName());

    /** How long somebody may take to log in there. */
    public static final Duration LONGEST = Duration.ofMinutes(10);

    private final TrustedIssuer issuer;
    private final OidcConfig.Client client;
    private final URI callback;
    private final Clock clock;
    private final JwtVerifier verifier;

    /**
     * @param issuer one with a client
     * @param callback where the issuer sends browsers back to, as it is registered there
     */
    public OidcLogin(TrustedIssuer issuer, URI callback, Clock clock) {
        this.issuer = issuer;
        this.client = issuer.config().client().orElseThrow();
        this.callback = callback;
        this.clock = clock;
        this.verifier = issuer.verifier(Set.of(client.id()), clock);
    }

    /** The name of the issuer in the configuration. */
    public String name() {
        return issuer.config().name();
    }

    /** A new attempt, for the browser to keep until it comes back. */
    public LoginAttempt attempt() {
        return LoginAttempt.begin(name(), clock.instant());
    }

    /**
     * Where to send the browser that keeps this attempt.
     *
     * @throws IOException if the issuer cannot be asked where that is
     */
    public URI begin(LoginAttempt attempt) throws IOException {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", client.id());
        query.put("redirect_uri", callback.toString());
        query.put("scope", String.join(" ", client.scopes()));
        query.put("state", attempt.state());
        query.put("nonce", attempt.nonce());
        query.put("code_challenge", sha256(attempt.verifier()));
        query.put("code_challenge_method", "S256");
        String address = issuer.provider().metadata().address("authorization_endpoint").toString();
        return URI.create(address + (address.contains("?") ? '&' : '?') + Form.encode(query));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Who has come back.
     *
     * @param attempt the one that this browser kept; it must not be kept any longer
     * @param answer the query with which it came
     * @return empty if it is another browser, it took too long, or the issuer does not say who it is
     * @throws IOException if the issuer cannot be asked
     */
    public Optional<Identity> finish(LoginAttempt attempt, Map<String, String> answer) throws IOException {
        Optional<String> objection = objection(attempt, answer);
        if (objection.isPresent()) {
            return refused(objection.get());
        }
        Optional<String> token = exchange(answer.get("code"), attempt.verifier());
        Optional<JwtClaims> claims = token.isEmpty() ? Optional.empty() : verifier.verify(token.get());
        if (claims.isEmpty()) {
            return refused("there is no token, or none that is to be believed");
        }
        if (!claims.get().text("nonce").equals(Optional.of(attempt.nonce())) || !isForUs(claims.get())) {
            return refused("the token is that of another login");
        }
        return issuer.identities().of(claims.get(), true);
    }

    private Optional<String> objection(LoginAttempt attempt, Map<String, String> answer) {
        Instant now = clock.instant();
        if (!attempt.issuer().equals(name())
                || !answer.getOrDefault("iss", issuer.config().issuer()).equals(issuer.config().issuer())) {
            return Optional.of("it is the answer of another issuer");
        }
        if (!attempt.state().equals(answer.get("state"))) {
            return Optional.of("another browser began it");
        }
        if (now.isBefore(attempt.begun().minus(LONGEST)) || !now.isBefore(attempt.begun().plus(LONGEST))) {
            return Optional.of("it took too long");
        }
        return answer.containsKey("code") && !answer.containsKey("error")
                ? Optional.empty()
                : Optional.of("the issuer refused it");
    }

    private boolean isForUs(JwtClaims claims) {
        Optional<String> party = claims.text("azp");
        return party.map(client.id()::equals).orElse(claims.texts("aud").size() == 1);
    }

    private Optional<Identity> refused(String reason) {
        LOG.log(Level.DEBUG, "a login at {0} failed: {1}", name(), reason);
        return Optional.empty();
    }

    /** The ID token for a code; empty if the issuer does not know the code. */
    private Optional<String> exchange(String code, String proof) throws IOException {
        Provider.Metadata metadata = issuer.provider().metadata();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", callback.toString());
        form.put("code_verifier", proof);
        HttpRequest.Builder request = HttpRequest.newBuilder(metadata.address("token_endpoint"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json");
        authenticate(request, form, metadata.wantsSecretInForm());
        request.POST(HttpRequest.BodyPublishers.ofString(Form.encode(form)));
        try {
            byte[] reply = Provider.await(issuer.provider().documents().send(request));
            return JwtClaims.texts(Provider.json(reply).get("id_token")).stream().findFirst();
        } catch (HttpDocuments.UnexpectedStatus e) {
            if (e.status() == 400) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void authenticate(HttpRequest.Builder request, Map<String, String> form, boolean inForm) {
        Optional<Secret> secret = client.secret();
        if (secret.isEmpty() || inForm) {
            form.put("client_id", client.id());
            secret.ifPresent(text -> form.put("client_secret", text.reveal()));
            return;
        }
        String pair = Form.encode(client.id()) + ':' + Form.encode(secret.get().reveal());
        request.header("Authorization", "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
    }
}
