package io.longshore.registry.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.longshore.registry.config.SigningAlgorithm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Whoever signs tokens in tests: with real keys, whatever it is asked to. */
public final class Issuer {
    public static final String NAME = "https://issuer.example/auth";
    public static final String AUDIENCE = "registry.example";
    public static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private final JWK key;

    private Issuer(JWK key) {
        this.key = key;
    }

    /** With any algorithm, the usual types and the usual leeway. */
    public static JwtRules rules(String issuer, Set<String> audiences) {
        return new JwtRules(
                issuer, audiences, SigningAlgorithm.ALL, JwtRules.USUAL_TYPES, JwtRules.USUAL_LEEWAY);
    }

    public static Issuer rsa(String id) {
        return of(() -> new RSAKeyGenerator(2048).keyID(id).generate());
    }

    public static Issuer ec(String id) {
        return ec(id, Curve.P_256);
    }

    public static Issuer ec(String id, Curve curve) {
        return of(() -> new ECKeyGenerator(curve).keyID(id).generate());
    }

    public static Issuer with(JWK key) {
        return new Issuer(key);
    }

    private interface Generator {
        JWK generate() throws JOSEException;
    }

    private static Issuer of(Generator generator) {
        try {
            return new Issuer(generator.generate());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public JWK key() {
        return key;
    }

    /** The public keys of some. */
    public static String jwks(Issuer... issuers) {
        return new JWKSet(Arrays.stream(issuers).map(Issuer::key).toList()).toString(true);
    }

    public TrustedKey trusted() {
        try {
            return TrustedKey.of(key instanceof RSAKey rsa ? rsa.toPublicKey() : key.toECKey().toPublicKey())
                    .orElseThrow();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Claims that are as they should be. */
    public static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", NAME);
        claims.put("sub", "alice");
        claims.put("aud", AUDIENCE);
        claims.put("nbf", NOW.getEpochSecond());
        claims.put("iat", NOW.getEpochSecond());
        claims.put("exp", NOW.plusSeconds(300).getEpochSecond());
        return claims;
    }

    /** As they should be, but for one; null for none. */
    public static Map<String, Object> claims(String name, Object value) {
        Map<String, Object> claims = claims();
        claims.put(name, value);
        claims.values().removeIf(claim -> claim == null);
        return claims;
    }

    public String sign(Map<String, Object> claims) {
        return sign(claims, header -> header);
    }

    public String sign(Map<String, Object> claims, UnaryOperator<JWSHeader.Builder> header) {
        JWSAlgorithm algorithm = key instanceof ECKey ec
                ? Map.of(Curve.P_256, JWSAlgorithm.ES256, Curve.P_384, JWSAlgorithm.ES384, Curve.P_521,
                        JWSAlgorithm.ES512).get(ec.getCurve())
                : JWSAlgorithm.RS256;
        return sign(algorithm, new Payload(claims), header);
    }

    public String sign(JWSAlgorithm algorithm, Payload payload, UnaryOperator<JWSHeader.Builder> header) {
        try {
            JWSHeader.Builder builder = new JWSHeader.Builder(algorithm).keyID(key.getKeyID());
            JWSObject token = new JWSObject(header.apply(builder).build(), payload);
            token.sign(key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Knows some by their ids, as a set of keys does. */
    public static TrustedKeys trusting(Issuer... issuers) {
        return hint -> {
            List<TrustedKey> found = new ArrayList<>();
            for (Issuer issuer : issuers) {
                if (issuer.key.getKeyID().equals(hint.id())) {
                    found.add(issuer.trusted());
                }
            }
            return found;
        };
    }
}
