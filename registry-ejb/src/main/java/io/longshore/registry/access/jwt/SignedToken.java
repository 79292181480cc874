package io.longshore.registry.access.jwt;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.util.Base64;
import io.longshore.registry.config.SigningAlgorithm;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A token taken apart, of which nothing has been verified. */
final class SignedToken {
    /** The longest token, in characters. What is longer is not looked at. */
    static final int MAX_LENGTH = 16 << 10;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]++[.][A-Za-z0-9_-]++[.][A-Za-z0-9_-]++");
    private static final String TYPE_PREFIX = "application/";

    private final JWSObject token;
    private final SigningAlgorithm algorithm;
    private final Map<String, Object> claims;

    private SignedToken(JWSObject token, SigningAlgorithm algorithm, Map<String, Object> claims) {
        this.token = token;
        this.algorithm = algorithm;
        this.claims = claims;
    }

    /** Whether it could be one, at a glance: three parts in the alphabet of Base64url, and not too long. */
    static boolean hasForm(String text) {
        return text.length() <= MAX_LENGTH && FORM.matcher(text).matches();
    }

    static SignedToken parse(String text) throws NotBelieved {
        NotBelieved.unless(hasForm(text), "it is too long, or not of three parts: header, claims and signature");
        try {
            JWSObject token = JWSObject.parse(text);
            Optional<SigningAlgorithm> algorithm = SigningAlgorithm.of(token.getHeader().getAlgorithm().getName());
            NotBelieved.unless(algorithm.isPresent(), "it is signed with an algorithm that is never accepted");
            requirePlain(token.getHeader());
            Map<String, Object> claims = token.getPayload().toJSONObject();
            NotBelieved.unless(claims != null, "its claims are not a JSON object");
            return new SignedToken(token, algorithm.orElseThrow(), claims);
        } catch (ParseException | RuntimeException e) {
            // The library says by all kinds of exceptions that a token is none.
            throw new NotBelieved("it is no signed JWT");
        }
    }

    private static void requirePlain(JWSHeader header) throws NotBelieved {
        Set<String> critical = header.getCriticalParams();
        NotBelieved.unless(critical == null || critical.isEmpty(), "its header has critical parameters");
        NotBelieved.unless(header.isBase64URLEncodePayload(), "its claims are not encoded");
        NotBelieved.unless(!"jwt".equalsIgnoreCase(header.getContentType()), "there is a token in the token");
    }

    SigningAlgorithm algorithm() {
        return algorithm;
    }

    Map<String, Object> claims() {
        return claims;
    }

    /** In lower case, without {@code application/}; empty for nothing. */
    String type() {
        JOSEObjectType type = token.getHeader().getType();
        String name = type == null ? "" : type.getType().toLowerCase(Locale.ROOT);
        return name.startsWith(TYPE_PREFIX) ? name.substring(TYPE_PREFIX.length()) : name;
    }

    /** Of {@code jku}, {@code x5u} and {@code jwk} nothing is taken: a stranger's key would come from there. */
    KeyHint hint() {
        String id = token.getHeader().getKeyID();
        List<Base64> chain = token.getHeader().getX509CertChain();
        return new KeyHint(
                id == null ? "" : id,
                chain == null ? List.of() : chain.stream().map(Base64::toString).toList());
    }

    boolean isSignedBy(TrustedKey key) {
        return key.fits(algorithm) && key.hasSigned(token.getHeader(), token.getSigningInput(), token.getSignature());
    }
}
