package io.longshore.registry.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.longshore.registry.access.BearerToken;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.TokenVerifier;
import io.longshore.registry.access.jwt.JwtClaims;
import io.longshore.registry.access.jwt.JwtRules;
import io.longshore.registry.access.jwt.JwtVerifier;
import io.longshore.registry.access.jwt.TrustedKeys;
import io.longshore.registry.config.Secret;
import io.longshore.registry.config.SigningAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes tokens and knows them again: JWTs as Docker's registries expect them. Thread-safe.
 *
 * <p>Docker's "Token Authentication Implementation"; RFC 7519. What is beside that in a token says how to find out
 * whether its subject's credentials still hold.
 */
public final class TokenService implements TokenVerifier {
    private static final int ID_BYTES = 15;
    private static final String TYPE = "jwt";

    private final TokenSettings settings;
    private final SigningKeys keys;
    private final Rights rights;
    private final RefreshTokens refreshTokens;
    private final Clock clock;
    private final JwtVerifier verifier;
    private final SecureRandom random = new SecureRandom();
    /** What was read from claims that the verifier remembers, for as long as it does. */
    private final Cache<JwtClaims, Optional<BearerToken>> read = Caffeine.newBuilder().weakKeys().build();

    public TokenService(
            TokenSettings settings, SigningKeys keys, RefreshTokens refreshTokens, Rights rights, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.rights = rights;
        this.refreshTokens = refreshTokens;
        this.clock = clock;
        TrustedKeys own = hint -> keys.find(hint.id()).stream().toList();
        this.verifier = new JwtVerifier(
                new JwtRules(
                        settings.issuer(), Set.of(settings.service()), Set.of(SigningAlgorithm.ES256), Set.of(TYPE),
                        JwtRules.USUAL_LEEWAY),
                own, clock);
    }

    /** For whom tokens are: what challenges name, and clients ask for. */
    public String service() {
        return settings.service();
    }

    /**
     * Gives out a token for that part of what is asked for that the rules allow, which may be nothing.
     *
     * @param identity who has just shown credentials, or {@link Identity#ANONYMOUS}
     */
    public IssuedToken issue(Identity identity, TokenAccess asked) {
        TokenAccess access = asked.within(rights.of(identity));
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Secret token = Secret.of(signed(claims(identity, access, now)));
        return new IssuedToken(token, now, settings.lifetime(), access, Optional.empty());
    }

    /**
     * As {@link #issue}, with a refresh token, unless they are switched off or the identity is anonymous.
     *
     * @param client what the client calls itself
     */
    public IssuedToken issueOffline(Identity identity, TokenAccess asked, String client) {
        IssuedToken issued = issue(identity, asked);
        return new IssuedToken(
                issued.token(), issued.issuedAt(), issued.lifetime(), issued.access(),
                refreshTokens.create(identity, RefreshTokens.Use.TOKENS, client));
    }

    private JWTClaimsSet claims(Identity identity, TokenAccess access, Instant now) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(settings.issuer())
                .audience(settings.service())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(settings.lifetime())))
                .jwtID(id());
        IdentityClaims.write(inRules(identity), claims);
        AccessClaim.write(access, claims);
        return claims.build();
    }

    /** Somebody may be in hundreds of groups, of which rules speak of a few. */
    private Identity inRules(Identity identity) {
        Set<String> groups = identity.groups().stream().filter(rights::areForGroup).collect(Collectors.toSet());
        return new Identity(
                identity.subject(), groups, identity.source(), identity.credential(), identity.limits());
    }

    private String id() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64URL.encode(id).toString();
    }

    private String signed(JWTClaimsSet claims) {
        SigningKey key = keys.signer();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(key.kid()).build(), claims);
        try {
            token.sign(key.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK signs with P-256", e);
        }
        return token.serialize();
    }

    /** As {@link TokenVerifier}: of tokens that were given out here, on any node. */
    @Override
    public Optional<BearerToken> verify(Secret token) {
        try {
            return verifier.verify(token.reveal()).flatMap(claims -> read.get(claims, TokenService::read));
        } catch (IOException e) {
            throw new UncheckedIOException("keys come from the database, which has exceptions of its own", e);
        }
    }

    private static Optional<BearerToken> read(JwtClaims claims) {
        return IdentityClaims.read(claims).map(identity ->
                new BearerToken(identity, AccessClaim.read(claims), BearerToken.Issuer.REGISTRY));
    }
}
