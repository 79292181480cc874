package io.longshore.registry.web.access;

import io.longshore.registry.access.BearerToken;
import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.GrantedPermissions;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.Permissions;
import io.longshore.registry.access.TokenVerifier;
import io.longshore.registry.access.login.LoginService;
import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.config.Secret;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.web.access.Caller.Shown;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Works out who sends a request: by its token, its password, its certificate, the session of its browser, in this order.
 * Thread-safe.
 */
public final class Callers {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    /** What everybody may do where the registry is open: nobody needs the database to tell. */
    private static final Permissions EVERYTHING = new GrantedPermissions(
            List.of(new Grant(RepositoryPattern.ALL, Set.of(Action.ADMIN))), List.of(), Optional.empty());
    private static final System.Logger LOG = System.getLogger(Callers.class.getName());

    private final LoginService logins;
    private final List<TokenVerifier> tokens;
    private final Policy policy;
    private final ClientAddress addresses;
    private final Refusals refusals;
    private final RequestFacts facts;
    private final Shows shows;
    private final Function<HttpServletRequest, Optional<Identity>> sessions;

    /** What of a request says who sends it. */
    public enum Shows {
        /** Nothing: the registry is open, and clients may still send what they are used to. */
        NOTHING,
        /** What stands in its headers. */
        HEADERS,
        /** That, or else the certificate of the client, which the server has verified. */
        HEADERS_AND_CERTIFICATE
    }

    /**
     * @param tokens asked in this order about each token
     * @param sessions who is logged in with the browser that sends a request, asked where its headers do not say who it is
     */
    public Callers(
            LoginService logins, List<TokenVerifier> tokens, Policy policy, ClientAddress addresses, Refusals refusals,
            RequestFacts facts, Shows shows, Function<HttpServletRequest, Optional<Identity>> sessions) {
        this.logins = logins;
        this.tokens = List.copyOf(tokens);
        this.policy = policy;
        this.addresses = addresses;
        this.refusals = refusals;
        this.facts = facts;
        this.shows = shows;
        this.sessions = sessions;
    }

    /**
     * Who sends this request; anonymous if it shows nothing.
     *
     * @throws RegistryException.Unauthenticated if what it shows is not accepted
     * @throws RegistryException.TooManyRequests if logins failed too often a moment ago
     * @throws RegistryException.Unavailable if who it is cannot be told now
     */
    Caller of(HttpServletRequest request) {
        if (shows == Shows.NOTHING) {
            return caller(Identity.ANONYMOUS, EVERYTHING, EVERYTHING, Shown.NOTHING, request);
        }
        AuthorizationHeader header = AuthorizationHeader.parse(request.getHeader("Authorization"));
        if (header instanceof AuthorizationHeader.Bearer bearer) {
            return byToken(bearer.token(), request);
        }
        if (header instanceof AuthorizationHeader.Basic basic) {
            return logins.login(basic.credentials(), addresses.of(request))
                    .map(identity -> known(identity, Shown.CREDENTIALS, request))
                    .orElseThrow(() -> refused(request, "", "the name or the password is wrong"));
        }
        if (header instanceof AuthorizationHeader.Unusable) {
            throw refused(request, "", "the Authorization of the request cannot be understood");
        }
        return byCertificate(request)
                .or(() -> sessions.apply(request))
                .map(identity -> known(identity, Shown.CREDENTIALS, request))
                .orElseGet(() -> known(Identity.ANONYMOUS, Shown.NOTHING, request));
    }

    private Optional<Identity> byCertificate(HttpServletRequest request) {
        return shows == Shows.HEADERS_AND_CERTIFICATE
                        && request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain
                        && chain.length > 0
                ? logins.login(new Credentials.Certificate(chain[0]), addresses.of(request))
                : Optional.empty();
    }

    private Caller byToken(Secret text, HttpServletRequest request) {
        BearerToken token = verified(text)
                .orElseThrow(() -> refused(request, Refusals.INVALID_TOKEN, "the token is not good, or not any more"));
        if (token.issuer() == BearerToken.Issuer.OTHER) {
            // It decides alone, whatever the rules say.
            return caller(token.identity(), token.claims(), token.claims(), Shown.OTHER_TOKEN, request);
        }
        Identity now = logins.refresh(token.identity()).orElseThrow(() ->
                refused(request, Refusals.INVALID_TOKEN, "what the token was given for is not accepted any more"));
        Permissions most = policy.permissionsOf(now);
        return caller(now, new OwnTokenPermissions(token.claims(), most), most, Shown.OWN_TOKEN, request);
    }

    private Optional<BearerToken> verified(Secret text) {
        for (TokenVerifier verifier : tokens) {
            try {
                Optional<BearerToken> token = verifier.verify(text);
                if (token.isPresent()) {
                    return token;
                }
            } catch (IOException e) {
                LOG.log(Level.WARNING, "tokens cannot be verified: {0}", e.getMessage());
                throw new RegistryException.Unavailable("tokens cannot be verified at present; try again later");
            }
        }
        return Optional.empty();
    }

    private RegistryException refused(HttpServletRequest request, String error, String message) {
        return refusals.unauthenticated(known(Identity.ANONYMOUS, Shown.NOTHING, request), "", error, message);
    }

    private Caller known(Identity identity, Shown shown, HttpServletRequest request) {
        Permissions permissions = policy.permissionsOf(identity);
        return caller(identity, permissions, permissions, shown, request);
    }

    private Caller caller(
            Identity identity, Permissions permissions, Permissions most, Shown shown, HttpServletRequest request) {
        return new Caller(identity, permissions, most, shown, addresses.of(request), request, refusals, facts);
    }
}
