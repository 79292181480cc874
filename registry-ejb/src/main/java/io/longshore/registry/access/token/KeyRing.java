package io.longshore.registry.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import io.longshore.registry.access.jwt.TrustedKey;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys as this node found them in the database. Immutable and thread-safe. */
final class KeyRing {
    /** Before anything was found. */
    static final KeyRing EMPTY = new KeyRing();

    private static final System.Logger LOG = System.getLogger(KeyRing.class.getName());

    /** A key as others may know it. */
    private record PublicKey(ECKey key, TrustedKey trusted) {}

    private final Map<String, PublicKey> known = new LinkedHashMap<>();
    private final List<SigningKey> signing = new ArrayList<>();
    private final List<KeyRow> usable = new ArrayList<>();

    private KeyRing() {}

    /** {@code rows} are in the order in which they sign. */
    static KeyRing of(List<KeyRow> rows, KeySeal seal) {
        KeyRing ring = new KeyRing();
        rows.forEach(row -> ring.add(row, seal));
        return ring;
    }

    private void add(KeyRow row, KeySeal seal) {
        try {
            ECKey key = ECKey.parse(row.publicKey()).toPublicJWK();
            if (!key.computeThumbprint().toString().equals(row.kid())) {
                throw new GeneralSecurityException("the public key is that of another");
            }
            known.put(row.kid(), new PublicKey(key, TrustedKey.of(key.toECPublicKey()).orElseThrow()));
            if (row.privateKey().isPresent() && row.secretId().equals(seal.secretId())) {
                signing.add(new SigningKey(seal.open(row.privateKey().get(), row.kid()), row.from(), row.until()));
                usable.add(row);
            }
        } catch (GeneralSecurityException | JOSEException | ParseException e) {
            // Without the cause, of which nobody knows what it says of the key.
            LOG.log(Level.ERROR, "the key {0} in the table signing_key cannot be used", row.kid());
        }
    }

    /** The key to sign with: of several, the one that has begun last. */
    Optional<SigningKey> signerAt(Instant time) {
        Optional<SigningKey> latest = Optional.empty();
        for (SigningKey key : signing) {
            if (key.signsAt(time)) {
                latest = Optional.of(key);
            }
        }
        return latest;
    }

    Optional<TrustedKey> find(String kid) {
        return Optional.ofNullable(known.get(kid)).map(PublicKey::trusted);
    }

    /** Public keys, those that will sign among them. */
    List<JWK> published() {
        return known.values().stream().<JWK>map(PublicKey::key).toList();
    }

    /** The rows of keys that this node can sign with, now or at another time. */
    List<KeyRow> usable() {
        return List.copyOf(usable);
    }
}
