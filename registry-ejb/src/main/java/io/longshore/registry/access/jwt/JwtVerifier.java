package io.longshore.registry.access.jwt;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether a token is to be believed: signed by a key that is trusted, in a way that is allowed and that fits the
 * key, by the issuer, for this audience, and at this time. Why one is not, the log says at {@code DEBUG}; it never says
 * the token, and nobody else is told. One that was believed is so again for a minute without another look, while it
 * has not expired. Thread-safe.
 */
public final class JwtVerifier {
    private static final System.Logger LOG = System.getLogger(JwtVerifier.class.getName());

    /** 1 January 10000: beyond it, instants have no usual form. */
    private static final long LAST_SECOND = 253_402_300_800L;

    private final JwtRules rules;
    private final TrustedKeys keys;
    private final Clock clock;
    private final RememberedTokens remembered = new RememberedTokens();

    public JwtVerifier(JwtRules rules, TrustedKeys keys, Clock clock) {
        this.rules = rules;
        this.keys = keys;
        this.clock = clock;
    }

    /** Whether a text could be a token, at a glance: most passwords cannot. */
    public static boolean couldBeToken(String text) {
        return SignedToken.hasForm(text);
    }

    /**
     * What the token says.
     *
     * @param token of any length and any characters
     * @return empty if it is not to be believed
     * @throws IOException if the keys of the issuer are not known now
     */
    public Optional<JwtClaims> verify(String token) throws IOException {
        if (token.length() > SignedToken.MAX_LENGTH) {
            LOG.log(Level.DEBUG, "a token of {0} characters was not looked at", token.length());
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<JwtClaims> known = remembered.find(token, now);
        if (known.isPresent()) {
            return known;
        }
        try {
            JwtClaims claims = verify(SignedToken.parse(token), now);
            remembered.put(token, claims, now, claims.expiry().plus(rules.leeway()));
            return Optional.of(claims);
        } catch (NotBelieved e) {
            LOG.log(Level.DEBUG, "a token is not believed: {0}", e.getMessage());
            return Optional.empty();
        }
    }

    /** The signature comes last: it costs most, and keys may have to be fetched for it. */
    private JwtClaims verify(SignedToken token, Instant now) throws NotBelieved, IOException {
        NotBelieved.unless(
                rules.algorithms().contains(token.algorithm()), "it is signed with an algorithm that is not allowed");
        NotBelieved.unless(rules.types().contains(token.type()), "it is of another type");
        Map<String, Object> claims = token.claims();
        NotBelieved.unless(rules.issuer().equals(claims.get("iss")), "it is of another issuer");
        NotBelieved.unless(isForUs(claims.get("aud")), "it is for another audience");
        Instant expiry = requireTime(claims, now);
        List<TrustedKey> candidates = keys.find(token.hint()).stream()
                .filter(key -> key.fits(token.algorithm()))
                .toList();
        NotBelieved.unless(!candidates.isEmpty(), "it is signed with a key that is not known, or does not fit");
        NotBelieved.unless(candidates.stream().anyMatch(token::isSignedBy), "its signature is wrong");
        return new JwtClaims(claims, expiry);
    }

    private boolean isForUs(Object audience) {
        Set<String> ours = rules.audiences();
        boolean texts = !(audience instanceof List<?> list) || list.stream().allMatch(String.class::isInstance);
        return texts && JwtClaims.texts(audience).stream().anyMatch(ours::contains);
    }

    /** Both ends of the time in which it holds are moved outwards by the leeway. Answers the expiry. */
    private Instant requireTime(Map<String, Object> claims, Instant now) throws NotBelieved {
        Optional<Instant> expiry = instant(claims, "exp");
        NotBelieved.unless(expiry.isPresent(), "it never expires");
        NotBelieved.unless(now.isBefore(expiry.orElseThrow().plus(rules.leeway())), "it has expired");
        for (String name : List.of("nbf", "iat")) {
            Instant start = instant(claims, name).orElse(Instant.EPOCH);
            NotBelieved.unless(!now.isBefore(start.minus(rules.leeway())), "it does not hold yet");
        }
        return expiry.orElseThrow();
    }

    private static Optional<Instant> instant(Map<String, Object> claims, String name) throws NotBelieved {
        Object value = claims.get(name);
        if (value == null) {
            return Optional.empty();
        }
        boolean inRange = value instanceof Number number
                && number.doubleValue() >= 0
                && number.doubleValue() < LAST_SECOND;
        NotBelieved.unless(inRange, "it holds a time that is none");
        return Optional.of(Instant.ofEpochSecond(((Number) value).longValue()));
    }
}
