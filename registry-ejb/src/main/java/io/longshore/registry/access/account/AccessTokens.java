package io.longshore.registry.access.account;

import io.longshore.registry.access.Identity;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Jobs;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Subject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Personal access tokens: of any user, whoever knows the user. Every one expires, since not every authenticator can say
 * later what has become of a user. Thread-safe.
 */
public final class AccessTokens {
    private static final System.Logger LOG = System.getLogger(AccessTokens.class.getName());
    private static final Duration STANDARD_LIFETIME = Duration.ofDays(90);
    private static final Duration SHOWN_EXPIRED = Duration.ofDays(30);
    private static final String JOB = "access-token-purge";
    private static final Duration INTERVAL = Duration.ofHours(1);
    private static final int MOST_OF_ONE_OWNER = 100;
    private static final int MOST_SCOPES = 50;

    private final Database database;
    private final Audit audit;
    private final Clock clock;
    private final Duration longestLifetime;
    private final SecureRandom random = new SecureRandom();
    private final Sources sources;
    private final TokenTable tokens = new TokenTable();
    private final UserTable users = new UserTable();
    private final Jobs jobs = new Jobs();

    public AccessTokens(
            Database database, Audit audit, Clock clock, Duration longestLifetime, Sources sources) {
        this.database = database;
        this.audit = audit;
        this.clock = clock;
        this.longestLifetime = longestLifetime;
        this.sources = sources;
    }

    /**
     * Tokens in the order of their ids, from behind {@code last}, with those that have expired within a month.
     *
     * @param owner name of a user; empty for the tokens of everybody
     */
    public Slice<AccessToken> list(Optional<String> owner, String last, int limit) {
        Instant expired = longExpired();
        return Slice.of(database.statement(tx -> tokens.after(tx, owner, last, expired, limit + 1L)), limit);
    }

    /** Deletes those that expired more than a month ago, unless a node has begun to within the hour. */
    public void deleteExpiredWhenDue() {
        if (database.statement(tx -> jobs.begin(tx, JOB, INTERVAL))) {
            int deleted = database.statement(tx -> tokens.deleteExpired(tx, longExpired()));
            LOG.log(Level.DEBUG, "deleted {0} personal access tokens that expired long ago", deleted);
        }
    }

    private Instant longExpired() {
        return clock.instant().minus(SHOWN_EXPIRED);
    }

    /**
     * Makes a token for somebody who has logged in. Whether the credentials still hold is asked once more: that they
     * are remembered is not enough for what outlives them.
     *
     * @param scopes what it is to be good for; whether the owner may do that is asked when it is used
     * @param expiresAt empty for 90 days from now, or the longest time allowed if that is shorter
     * @throws RegistryException.Denied if the owner is no user, did not show all that it takes to be that user (a token
     *     makes no tokens), or is not known by those credentials any more
     * @throws RegistryException.Unavailable if that cannot be told now
     * @throws RegistryException.Invalid if there are no scopes or too many, the title is no good, or the token would
     *     expire too late or already has
     * @throws RegistryException.Refused {@link RegistryException.Kind#CONFLICT} if the owner has a token with this
     *     title that has not expired, or too many
     */
    public Issued<AccessToken> create(
            Identity owner, String title, List<Grant> scopes, Optional<Instant> expiresAt, Actor actor) {
        requireWholeUser(owner);
        AccountText.checkTitle(title);
        if (scopes.isEmpty()) {
            throw new RegistryException.Invalid(
                    ErrorCode.UNSUPPORTED, "a token is good for something: give it scopes", "");
        }
        List<Grant> merged = Scopes.merged(scopes, MOST_SCOPES);
        Instant now = clock.instant();
        Instant end = expiry(expiresAt, now);
        AccessKey key = AccessKey.make(AccessKey.Kind.TOKEN, random);
        String name = owner.subject().name();
        require(isStillKnown(owner));
        AccessToken made = database.transaction(tx -> {
            require(isUnchanged(tx, owner));
            tokens.deleteExpired(tx, name, title, now);
            if (tokens.count(tx, name, longExpired()) >= MOST_OF_ONE_OWNER) {
                throw Conflicts.refused("a user has at most " + MOST_OF_ONE_OWNER + " tokens; revoke some", "");
            }
            if (!tokens.insert(tx, key, owner, title, end)) {
                throw Conflicts.exists("a token", title);
            }
            tokens.insertScopes(tx, key, merged);
            audit.record(tx, AuditEvent.of("token.create", actor, key.id(), title));
            return tokens.find(tx, key.id()).orElseThrow();
        });
        return new Issued<>(made, key.secret());
    }

    private boolean isStillKnown(Identity owner) {
        try {
            return sources.refresh(owner).isPresent();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "who makes a token cannot be checked by {0}: {1}", owner.source(), e.getMessage());
            throw new RegistryException.Unavailable("who you are cannot be checked at present; try again later");
        }
    }

    /** What happens to an account of ours from now on happens to its token, too. */
    private boolean isUnchanged(Transaction transaction, Identity owner) throws SQLException {
        return !owner.source().equals(UserAuthenticator.NAME)
                || users.holdUnchanged(transaction, owner.subject().name(), Instant.parse(owner.credential()));
    }

    private static void require(boolean known) {
        if (!known) {
            throw new RegistryException.Denied("your credentials are not accepted any more; log in again", "");
        }
    }

    /**
     * Revokes a token: it is gone.
     *
     * @param owner of whom it has to be; empty for anybody
     * @throws RegistryException.NotFound if that owner has no such token
     */
    public void revoke(String id, Optional<String> owner, Actor actor) {
        database.transaction(tx -> {
            String of = tokens.delete(tx, id, owner).orElseThrow(
                    () -> new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such token", ""));
            audit.record(tx, AuditEvent.of("token.revoke", actor, id, "of " + of));
            return null;
        });
    }

    /**
     * Whether somebody showed a credential that stands for all of a user.
     *
     * @throws RegistryException.Denied if not
     */
    public static void requireWholeUser(Identity identity) {
        if (identity.subject().kind() != Subject.Kind.USER || identity.limits().isPresent()) {
            throw new RegistryException.Denied(
                    "only a user who has logged in with a password or the like may do this, and no token or robot", "");
        }
    }

    private Instant expiry(Optional<Instant> asked, Instant now) {
        Instant latest = now.plus(longestLifetime);
        Instant standard = now.plus(STANDARD_LIFETIME);
        Instant end = asked.orElse(standard.isBefore(latest) ? standard : latest);
        if (!end.isAfter(now) || end.isAfter(latest)) {
            throw new RegistryException.Invalid(
                    ErrorCode.UNSUPPORTED,
                    "a token expires at a time to come, not later than " + latest,
                    "");
        }
        return end;
    }
}
