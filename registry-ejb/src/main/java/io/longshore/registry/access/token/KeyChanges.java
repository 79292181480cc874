package io.longshore.registry.access.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.longshore.registry.access.token.KeySchedule.Window;
import io.longshore.registry.database.Transaction;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has to be done with the keys in the database, by whichever node finds out. Whoever calls it in a transaction
 * holds the lock of the table. Thread-safe.
 */
final class KeyChanges {
    private static final System.Logger LOG = System.getLogger(KeyChanges.class.getName());

    private final KeySeal seal;
    private final KeySchedule schedule;
    private final Duration tokenLifetime;
    private final SigningKeyTable table = new SigningKeyTable();

    KeyChanges(KeySeal seal, KeySchedule schedule, Duration tokenLifetime) {
        this.seal = seal;
        this.schedule = schedule;
        this.tokenLifetime = tokenLifetime;
    }

    /** Whether there is anything to do. */
    boolean areDue(List<KeyRow> all, Instant now) {
        List<KeyRow> usable = KeyRing.of(all, seal).usable();
        return schedule.next(usable, now).isPresent()
                || usable.stream().anyMatch(this::hasTooShortTokens)
                || all.stream().anyMatch(key -> isToBeForgotten(key, now) || isToBeStopped(key, now)
                        || key.isDoneVerifying(now));
    }

    /** Does all that there is to do. */
    void make(Transaction transaction, Instant now) throws SQLException {
        List<KeyRow> all = table.all(transaction);
        List<KeyRow> usable = KeyRing.of(all, seal).usable();
        for (KeyRow key : usable) {
            if (hasTooShortTokens(key)) {
                table.setLongestToken(transaction, key.kid(), tokenLifetime);
            }
        }
        Optional<Window> next = schedule.next(usable, now);
        if (next.isPresent()) {
            insert(transaction, next.get(), KeySchedule.last(usable));
        }
        for (KeyRow key : all) {
            if (key.isDoneVerifying(now)) {
                table.delete(transaction, key.kid());
            } else if (isToBeForgotten(key, now)) {
                table.forgetPrivateKey(transaction, key.kid());
            } else if (isToBeStopped(key, now)) {
                end(transaction, key, now.plus(SigningKeys.SHORT_NOTICE));
            }
        }
    }

    /** Has the next key sign soon, a new one if none is waiting. Answers from when on. */
    Instant rotate(Transaction transaction, Instant now) throws SQLException {
        List<KeyRow> usable = KeyRing.of(table.all(transaction), seal).usable();
        Instant soon = now.plus(SigningKeys.SHORT_NOTICE);
        Optional<KeyRow> last = KeySchedule.last(usable);
        if (last.isEmpty() || !last.get().from().isAfter(now)) {
            Instant from = last.isEmpty() || !now.isBefore(last.get().until()) ? now : soon;
            insert(transaction, schedule.window(from), last);
            return from;
        }
        KeyRow waiting = last.get();
        if (!waiting.from().isAfter(soon)) {
            return waiting.from();
        }
        table.setWindow(transaction, waiting.kid(), new Window(soon, waiting.until()));
        for (KeyRow key : usable) {
            if (key != waiting) {
                end(transaction, key, soon);
            }
        }
        return soon;
    }

    /** The key before it stops when the new one begins. */
    private void insert(Transaction transaction, Window window, Optional<KeyRow> before) throws SQLException {
        ECKey pair = newPair();
        if (seal.secretId().isEmpty()) {
            LOG.log(Level.WARNING, "a new key for tokens lies in the database as it is, so that everybody who reads the"
                    + " table signing_key can make tokens; set http.secret to have it encrypted");
        }
        table.insert(transaction, new KeyRow(
                pair.getKeyID(), pair.toPublicJWK().toJSONString(), Optional.of(seal.close(pair)), seal.secretId(),
                window.from(), window.until(), tokenLifetime));
        if (before.isPresent()) {
            end(transaction, before.get(), window.from());
        }
    }

    /** Never later than it would have ended. */
    private void end(Transaction transaction, KeyRow key, Instant end) throws SQLException {
        if (end.isBefore(key.until()) && end.isAfter(key.from())) {
            table.setWindow(transaction, key.kid(), new Window(key.from(), end));
        }
    }

    private static ECKey newPair() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    private boolean hasTooShortTokens(KeyRow key) {
        return key.longestToken().compareTo(tokenLifetime) < 0;
    }

    private static boolean isToBeForgotten(KeyRow key, Instant now) {
        return key.privateKey().isPresent() && key.isDoneSigning(now);
    }

    /** A key that anybody who reads the table could sign with, from before there was a secret to encrypt it with. */
    private boolean isToBeStopped(KeyRow key, Instant now) {
        return seal.secretId().isPresent()
                && key.secretId().isEmpty()
                && key.privateKey().isPresent()
                && key.from().isBefore(now)
                && key.until().isAfter(now.plus(SigningKeys.SHORT_NOTICE));
    }
}
