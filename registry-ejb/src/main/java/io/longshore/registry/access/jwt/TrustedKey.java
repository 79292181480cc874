package io.longshore.registry.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.util.Base64URL;
import io.longshore.registry.config.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A public key, and what may have been signed with it. Immutable and thread-safe. */
public final class TrustedKey {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 16_384;
    private static final Set<SigningAlgorithm> RSA = EnumSet.range(SigningAlgorithm.RS256, SigningAlgorithm.PS512);
    private static final Map<Curve, SigningAlgorithm> CURVES = Map.of(
            Curve.P_256, SigningAlgorithm.ES256,
            Curve.P_384, SigningAlgorithm.ES384,
            Curve.P_521, SigningAlgorithm.ES512);

    private final PublicKey key;
    private final Set<SigningAlgorithm> algorithms;

    private TrustedKey(PublicKey key, Set<SigningAlgorithm> algorithms) {
        this.key = key;
        this.algorithms = Set.copyOf(algorithms);
    }

    /**
     * A key for every algorithm that it fits.
     *
     * @return empty if tokens cannot be signed with such a key, or not safely: RSA of less than 2048 bits, curves other
     *     than P-256, P-384, P-521 and Ed25519
     */
    public static Optional<TrustedKey> of(PublicKey key) {
        Set<SigningAlgorithm> algorithms = algorithms(key);
        return algorithms.isEmpty() ? Optional.empty() : Optional.of(new TrustedKey(key, algorithms));
    }

    private static Set<SigningAlgorithm> algorithms(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            int bits = rsa.getModulus().bitLength();
            return bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS ? RSA : Set.of();
        }
        if (key instanceof ECPublicKey ec) {
            SigningAlgorithm algorithm = CURVES.get(Curve.forECParameterSpec(ec.getParams()));
            return algorithm == null ? Set.of() : Set.of(algorithm);
        }
        boolean edwards = key instanceof EdECPublicKey ed && ed.getParams().getName().equals("Ed25519");
        return edwards ? Set.of(SigningAlgorithm.EDDSA) : Set.of();
    }

    /** This key for one algorithm alone; empty if it does not fit. */
    public Optional<TrustedKey> only(SigningAlgorithm algorithm) {
        return fits(algorithm) ? Optional.of(new TrustedKey(key, Set.of(algorithm))) : Optional.empty();
    }

    /** Whether what is signed so may have been signed with this key. */
    public boolean fits(SigningAlgorithm algorithm) {
        return algorithms.contains(algorithm);
    }

    public PublicKey key() {
        return key;
    }

    /** {@code header} names an algorithm that fits. */
    boolean hasSigned(JWSHeader header, byte[] content, Base64URL signature) {
        try {
            if (key instanceof RSAPublicKey rsa) {
                return new RSASSAVerifier(rsa).verify(header, content, signature);
            }
            if (key instanceof ECPublicKey ec) {
                return new ECDSAVerifier(ec).verify(header, content, signature);
            }
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(content);
            return ed25519.verify(signature.decode());
        } catch (JOSEException | GeneralSecurityException e) {
            return false;
        }
    }
}
