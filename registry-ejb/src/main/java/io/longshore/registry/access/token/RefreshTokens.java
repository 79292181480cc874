package io.longshore.registry.access.token;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.token.RefreshTokenTable.Found;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.Database;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Subject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Refresh tokens: random texts that clients keep in place of a password, and fetch tokens with. Each is good for what
 * its subject may do, for as long as the credentials hold that it was given out for, and ends when it lies unused. The
 * database has their hashes alone. Thread-safe.
 */
public final class RefreshTokens {
    private static final int BYTES = 32;
    private static final Duration COARSEST = Duration.ofHours(1);
    private static final int TOUCHES_BEFORE_THE_END = 4;
    /** A browser keeps one until it is closed, and asks for another where its user is still logged in at the issuer. */
    private static final Duration BROWSER_IDLE = Duration.ofHours(12);
    private static final int LONGEST_CLIENT = 64;

    /** Some clients ask for one at each run, and throw it away: the oldest make room. */
    static final int MOST_OF_CLIENT = 100;

    static final int MOST_OF_SUBJECT = 1000;

    private final Database database;
    private final Audit audit;
    private final Duration idle;
    private final Recheck recheck;
    private final Clock clock;
    private final RefreshTokenTable table = new RefreshTokenTable();
    private final SecureRandom random = new SecureRandom();

    /** What one is good for, which stands in it: what was given out for the one is not accepted for the other. */
    public enum Use {
        /** To fetch tokens with, for the work with images. */
        TOKENS("lsf_"),
        /** To go on with what a browser logged in for, which may be administration. */
        BROWSER("lsb_");

        /** By which whoever finds one knows what it is, too. */
        private final String prefix;
        private final Pattern form;

        Use(String prefix) {
            this.prefix = prefix;
            this.form = Pattern.compile(prefix + "[A-Za-z0-9_-]{43}");
        }
    }

    /** Asks the way of logging in that knows somebody what has become of somebody since. */
    @FunctionalInterface
    public interface Recheck {
        /**
         * As {@link io.longshore.registry.access.Authenticator#refresh}.
         *
         * @throws RegistryException.Unavailable if it cannot be told now
         */
        Optional<Identity> refresh(Identity identity);
    }

    /** @param idle how long one to fetch tokens with may lie unused; zero if none are given out */
    public RefreshTokens(Database database, Audit audit, Duration idle, Recheck recheck, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.idle = idle;
        this.recheck = recheck;
        this.clock = clock;
    }

    /**
     * A new one.
     *
     * @param client what the client calls itself; cut to a length and characters that can be shown
     * @return empty for anonymous, and where none are given out for this use
     */
    public Optional<Secret> create(Identity identity, Use use, String client) {
        if (idle(use).isZero() || identity.isAnonymous()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String token = use.prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        database.transaction(tx -> {
            table.insert(tx, hash(token), identity, shown(client), clock.instant());
            table.deleteSurplus(tx, identity.subject(), MOST_OF_CLIENT, MOST_OF_SUBJECT);
            return null;
        });
        return Optional.of(Secret.of(token));
    }

    private static String shown(String client) {
        String shown = client.replaceAll("[^\\x20-\\x7E]", "?").strip();
        return shown.length() > LONGEST_CLIENT ? shown.substring(0, LONGEST_CLIENT) : shown;
    }

    /**
     * Who shows a refresh token, as of now.
     *
     * @param token of any length and any characters
     * @return empty if it is none, is for another use, has ended, or was given out for credentials that are not accepted
     *     any more
     * @throws RegistryException.Unavailable if it cannot be told now
     */
    public Optional<Identity> redeem(Secret token, Use use) {
        if (idle(use).isZero() || !use.form.matcher(token.reveal()).matches()) {
            return Optional.empty();
        }
        byte[] hash = hash(token.reveal());
        Instant now = clock.instant();
        Optional<Found> found = database.statement(tx -> table.find(tx, hash, now.minus(idle(use))));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Optional<Identity> identity = recheck.refresh(found.get().identity());
        if (identity.isPresent() && found.get().usedAt().plus(coarseness(use)).isBefore(now)) {
            database.statement(tx -> {
                table.touch(tx, hash, now);
                return null;
            });
        }
        return identity;
    }

    private Duration idle(Use use) {
        return use == Use.BROWSER ? BROWSER_IDLE : idle;
    }

    /** Not each use is written; but so many are that one which is in use does not end as if it were not. */
    private Duration coarseness(Use use) {
        Duration part = idle(use).dividedBy(TOUCHES_BEFORE_THE_END);
        return part.compareTo(COARSEST) < 0 ? part : COARSEST;
    }

    /** Ends one, whoever shows it; nothing happens if it is none. */
    public void end(Secret token) {
        byte[] hash = hash(token.reveal());
        database.statement(tx -> {
            table.delete(tx, hash);
            return null;
        });
    }

    /**
     * Ends all of a subject, at once and on every node.
     *
     * @return how many there were
     */
    public int revoke(Actor actor, Subject subject) {
        return database.transaction(tx -> {
            int revoked = table.deleteOf(tx, subject);
            audit.record(tx, AuditEvent.of("refreshtoken.revoke", actor, subject.toString(), revoked + " revoked"));
            return revoked;
        });
    }

    /** Deletes those that lay unused for too long, whatever their use. Answers how many. */
    int deleteUnused() {
        Duration longest = idle.compareTo(BROWSER_IDLE) > 0 ? idle : BROWSER_IDLE;
        return database.statement(tx -> table.deleteUnused(tx, clock.instant().minus(longest)));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
