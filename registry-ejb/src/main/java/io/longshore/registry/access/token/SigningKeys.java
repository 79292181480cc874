package io.longshore.registry.access.token;

import com.nimbusds.jose.jwk.JWKSet;
import io.longshore.registry.access.jwt.TrustedKey;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.OneAtATime;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The keys that all nodes sign tokens with, and know each other's tokens by. A key signs for as long as is configured;
 * the next one is made in good time before, by one node for all, and is published until it signs; after it has stopped,
 * its tokens are believed until the last one has expired. Thread-safe.
 */
public final class SigningKeys {
    /** How long others may keep the published keys. */
    public static final Duration PUBLISHED_FOR = Duration.ofMinutes(5);

    /** How long a key is known before it signs if it was asked for by hand. */
    static final Duration SHORT_NOTICE = PUBLISHED_FOR.multipliedBy(2);

    /** A key that is not known is looked for in the database no more often than this. */
    private static final Duration REST = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(SigningKeys.class.getName());

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final KeySeal seal;
    private final KeyChanges changes;
    private final SigningKeyTable table = new SigningKeyTable();
    private final OneAtATime loading = new OneAtATime();
    private volatile KeyRing ring = KeyRing.EMPTY;
    private volatile Instant loadedAt = Instant.MIN;

    public SigningKeys(Database database, Audit audit, TokenSettings settings, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.seal = KeySeal.of(settings.keySecret());
        this.changes = new KeyChanges(seal, KeySchedule.of(settings.keyRotation()), settings.lifetime());
    }

    /**
     * Looks what the other nodes have done, and does what is due. To be called when the node starts and every minute
     * from then on.
     *
     * @throws io.longshore.registry.model.RegistryException.Unavailable if the database is not available; the keys that
     *     were known still are
     */
    public void reload() {
        loading.run(() -> load(now()));
    }

    private KeyRing load(Instant now) {
        List<KeyRow> rows = database.statement(table::all);
        if (changes.areDue(rows, now)) {
            rows = database.transaction(tx -> {
                table.lock(tx);
                changes.make(tx, now);
                return table.all(tx);
            });
        }
        ring = KeyRing.of(rows, seal);
        loadedAt = now;
        return ring;
    }

    /** In whole seconds, which the database keeps as they are. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    /** The key to sign with now. */
    SigningKey signer() {
        Optional<SigningKey> known = ring.signerAt(clock.instant());
        if (known.isPresent()) {
            return known.get();
        }
        reload();
        return ring.signerAt(clock.instant())
                .orElseThrow(() -> new IllegalStateException("the keys that were made cannot be used"));
    }

    /** The public key of this id, which another node may have made a moment ago. */
    Optional<TrustedKey> find(String kid) {
        Optional<TrustedKey> known = ring.find(kid);
        if (known.isPresent()) {
            return known;
        }
        return loading.run(() -> {
            Optional<TrustedKey> loaded = ring.find(kid);
            Instant now = now();
            return loaded.isPresent() || now.isBefore(loadedAt.plus(REST)) ? loaded : load(now).find(kid);
        });
    }

    /** The public keys, as a JWK set (RFC 7517): those that sign, have signed, or will. */
    public String published() {
        if (ring.published().isEmpty()) {
            reload();
        }
        return new JWKSet(ring.published()).toString(true);
    }

    /**
     * Has a new key sign, in ten minutes, when all who keep the published keys know it. Nobody is logged out.
     *
     * @return from when on it signs
     */
    public Instant rotate(Actor actor) {
        Instant from = database.transaction(tx -> {
            table.lock(tx);
            Instant start = changes.rotate(tx, now());
            audit.record(tx, AuditEvent.of("key.rotate", actor, "", "the next key signs from " + start));
            return start;
        });
        reload();
        return from;
    }

    /**
     * Ceases to trust a key that somebody else may have. Its tokens end within two minutes, on every node, and clients
     * fetch new ones by themselves.
     *
     * @return whether there was such a key
     */
    public boolean revoke(Actor actor, String kid) {
        boolean revoked = database.transaction(tx -> {
            table.lock(tx);
            boolean deleted = table.delete(tx, kid);
            if (deleted) {
                audit.record(tx, AuditEvent.of("key.revoke", actor, kid, ""));
            }
            return deleted;
        });
        if (revoked) {
            LOG.log(Level.WARNING, "the signing key {0} was revoked", kid);
        }
        reload();
        return revoked;
    }
}
