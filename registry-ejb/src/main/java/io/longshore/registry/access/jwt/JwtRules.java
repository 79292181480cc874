package io.longshore.registry.access.jwt;

import io.longshore.registry.config.SigningAlgorithm;
import java.time.Duration;
import java.util.Set;

/**
 * Which tokens are believed.
 *
 * @param issuer what {@code iss} must say, to the letter
 * @param audiences one of which must be in {@code aud}, to the letter
 * @param algorithms the ways in which a token may be signed
 * @param types what {@code typ} may say: in lower case, without {@code application/}, empty for nothing
 * @param leeway by how much the clocks of the issuer and of this machine may differ
 */
public record JwtRules(
        String issuer, Set<String> audiences, Set<SigningAlgorithm> algorithms, Set<String> types, Duration leeway) {
    /** No type, or that of a JWT or of an access token (RFC 9068). */
    public static final Set<String> USUAL_TYPES = Set.of("", "jwt", "at+jwt");

    public static final Duration USUAL_LEEWAY = Duration.ofSeconds(60);

    public JwtRules {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        types = Set.copyOf(types);
    }
}
