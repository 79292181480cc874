package io.longshore.registry.access.bearer;

import io.longshore.registry.access.BearerToken;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.TokenVerifier;
import io.longshore.registry.access.jwt.CertificateKeys;
import io.longshore.registry.access.jwt.ClaimedPermissions;
import io.longshore.registry.access.jwt.JwksKeys;
import io.longshore.registry.access.jwt.JwtClaims;
import io.longshore.registry.access.jwt.JwtRules;
import io.longshore.registry.access.jwt.JwtVerifier;
import io.longshore.registry.access.jwt.TrustedKeys;
import io.longshore.registry.config.Secret;
import io.longshore.registry.config.TokenAuthConfig;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens of a token service that is not ours. Verifying one that was shown a moment ago costs next to nothing.
 * Thread-safe.
 */
public final class BearerTokens implements TokenVerifier {
    /** What {@link Identity#source()} says of their bearers. */
    public static final String SOURCE = "token";

    private final JwtVerifier verifier;

    private BearerTokens(JwtVerifier verifier) {
        this.verifier = verifier;
    }

    /**
     * @throws IOException if a file with keys, certificates or authorities cannot be used; the message says which
     */
    public static BearerTokens open(TokenAuthConfig config, Clock clock) throws IOException {
        Optional<TrustedKeys> certificates = Optional.empty();
        if (config.certificates().isPresent()) {
            certificates = Optional.of(new CertificateKeys(config.certificates().get(), clock));
        }
        Optional<TrustedKeys> set = Optional.empty();
        if (config.jwks().isPresent()) {
            set = Optional.of(JwksKeys.open(config.jwks().get(), config.authorities(), config.plainHttp(), clock));
        }
        JwtRules rules = new JwtRules(
                config.issuer(), Set.of(config.service()), config.algorithms(), JwtRules.USUAL_TYPES,
                JwtRules.USUAL_LEEWAY);
        return new BearerTokens(new JwtVerifier(rules, new ServiceKeys(certificates, set), clock));
    }

    /**
     * Who bears this token, and what for. One without a {@code sub} is nobody's, as that service gives it to those who
     * show no credentials.
     *
     * @param token what stands behind {@code Bearer}, of any length and any characters
     * @return empty if it is not to be believed, or names what cannot be a user
     * @throws IOException if the keys of the service are not known now
     */
    @Override
    public Optional<BearerToken> verify(Secret token) throws IOException {
        return verifier.verify(token.reveal())
                .flatMap(claims -> identity(claims).map(identity ->
                        new BearerToken(identity, ClaimedPermissions.of(claims), BearerToken.Issuer.OTHER)));
    }

    private static Optional<Identity> identity(JwtClaims claims) {
        if (claims.value("sub").isEmpty()) {
            return Optional.of(Identity.ANONYMOUS);
        }
        return claims.subject()
                .filter(name -> name.isEmpty() || Subject.isName(name))
                .map(name -> name.isEmpty() ? Identity.ANONYMOUS : Identity.user(name, Set.of(), SOURCE));
    }
}
