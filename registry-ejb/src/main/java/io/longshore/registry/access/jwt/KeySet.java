package io.longshore.registry.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.longshore.registry.config.SigningAlgorithm;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON Web Key Set (RFC 7517). Immutable and thread-safe. */
final class KeySet {
    private static final System.Logger LOG = System.getLogger(KeySet.class.getName());

    private static final int MOST_OF_ONE_ID = 5;
    /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final Map<String, List<TrustedKey>> byId = new HashMap<>();
    private final int size;

    private KeySet(List<?> keys) {
        int usable = 0;
        for (Object item : keys) {
            try {
                usable += add(item) ? 1 : 0;
            } catch (ParseException | JOSEException | GeneralSecurityException | RuntimeException e) {
                // The library says by all kinds of exceptions that a key is none.
                LOG.log(Level.DEBUG, "a key of a set is left out: {0}", e.getMessage());
            }
        }
        size = usable;
    }

    /**
     * Reads a set. Keys of kinds that are not known, that are not for signatures, or that are shared secrets are left
     * out.
     *
     * @throws IOException if it is no set of keys
     */
    static KeySet parse(byte[] json) throws IOException {
        try {
            Map<String, Object> set = JSONObjectUtils.parse(new String(json, StandardCharsets.UTF_8));
            if (set != null && set.get("keys") instanceof List<?> keys) {
                return new KeySet(keys);
            }
        } catch (ParseException e) {
            LOG.log(Level.DEBUG, "no JSON where keys were expected: {0}", e.getMessage());
        }
        throw new IOException("expected a JSON Web Key Set, an object with the list \"keys\"");
    }

    private boolean add(Object item) throws ParseException, JOSEException, GeneralSecurityException {
        if (!(item instanceof Map<?, ?> members)) {
            return false;
        }
        Map<String, Object> copy = new HashMap<>();
        members.forEach((name, value) -> copy.put((String) name, value));
        // Whether the certificates in it hold does not matter: the set is trusted, and they are not looked at.
        List.of("x5c", "x5u", "x5t", "x5t#S256").forEach(copy::remove);
        JWK jwk = JWK.parse(copy);
        Optional<TrustedKey> key = isForSignatures(jwk) ? trusted(jwk) : Optional.empty();
        if (key.isEmpty()) {
            return false;
        }
        String id = jwk.getKeyID() == null ? jwk.computeThumbprint().toString() : jwk.getKeyID();
        byId.computeIfAbsent(id, same -> new ArrayList<>()).add(key.get());
        return true;
    }

    private static boolean isForSignatures(JWK jwk) {
        boolean use = jwk.getKeyUse() == null || jwk.getKeyUse().equals(KeyUse.SIGNATURE);
        return use && (jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY));
    }

    private static Optional<TrustedKey> trusted(JWK jwk) throws JOSEException, GeneralSecurityException {
        Optional<TrustedKey> key = publicKey(jwk).flatMap(TrustedKey::of);
        return jwk.getAlgorithm() == null
                ? key
                : SigningAlgorithm.of(jwk.getAlgorithm().getName()).flatMap(only -> key.flatMap(any -> any.only(only)));
    }

    private static Optional<PublicKey> publicKey(JWK jwk) throws JOSEException, GeneralSecurityException {
        if (jwk instanceof RSAKey rsa) {
            return Optional.of(rsa.toPublicKey());
        }
        if (jwk instanceof ECKey ec) {
            return Optional.of(ec.toPublicKey());
        }
        return jwk instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519)
                ? Optional.of(ed25519(pair.getDecodedX()))
                : Optional.empty();
    }

    private static PublicKey ed25519(byte[] point) throws GeneralSecurityException {
        byte[] encoded = new byte[ED25519_PREFIX.length + point.length];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(point, 0, encoded, ED25519_PREFIX.length, point.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    /** How many keys of it can be used. */
    int size() {
        return size;
    }

    /**
     * The keys with this id; those that have none are known by their thumbprint (RFC 7638). Where there is one key
     * alone, a token need not name it.
     */
    List<TrustedKey> find(String id) {
        List<TrustedKey> found = id.isEmpty() && size == 1
                ? byId.values().iterator().next()
                : byId.getOrDefault(id, List.of());
        return found.stream().limit(MOST_OF_ONE_ID).toList();
    }
}
