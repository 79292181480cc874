package io.longshore.registry.access.account;

import io.longshore.registry.access.rule.RuleService;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Accounts of programs, which log in with a secret of the registry's making. Thread-safe. */
public final class Robots {
    private static final int MOST_SCOPES = 50;

    private final Database database;
    private final Audit audit;
    private final RuleService rules;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final RobotTable robots = new RobotTable();

    public Robots(Database database, Audit audit, RuleService rules, Clock clock) {
        this.database = database;
        this.audit = audit;
        this.rules = rules;
        this.clock = clock;
    }

    /** Robots in ASCII order of their names, from behind {@code last}. */
    public Slice<Robot> list(String last, int limit) {
        return Slice.of(database.statement(tx -> robots.after(tx, last, limit + 1L)), limit);
    }

    /** @throws RegistryException.NotFound if there is no such robot */
    public Robot get(AccountName name) {
        return database.statement(tx -> robots.find(tx, name)).orElseThrow(() -> unknown(name));
    }

    /**
     * Makes a robot, and rules for what it may do. Rules for one of this name that are there already, though no robot
     * was, are not for this one and go.
     *
     * @param scopes what it may do; empty if rules are to be made later
     * @throws RegistryException.Refused {@link RegistryException.Kind#CONFLICT} if there is such a robot
     * @throws RegistryException.Invalid if it would have expired already, or has too many scopes
     */
    public Issued<Robot> create(AccountName name, RobotProfile profile, List<Grant> scopes, Actor actor) {
        checkExpiry(profile);
        List<Grant> merged = Scopes.merged(scopes, MOST_SCOPES);
        AccessKey key = newKey();
        Robot made = database.transaction(tx -> {
            if (!robots.insert(tx, name, profile, key, actor.subject())) {
                throw Conflicts.exists("a robot", name.value());
            }
            record(tx, "robot.create", actor, name, "");
            rules.removeAll(tx, actor, subject(name));
            for (Grant scope : merged) {
                rules.add(tx, actor, new Rule(subject(name), scope));
            }
            return robots.find(tx, name).orElseThrow();
        });
        rules.committed();
        return new Issued<>(made, key.secret());
    }

    /**
     * Replaces what is said of a robot. Of two who do so at once, the last wins.
     *
     * @throws RegistryException.NotFound if there is no such robot
     */
    public Robot change(AccountName name, RobotProfile profile, Actor actor) {
        return database.transaction(tx -> {
            require(robots.update(tx, name, profile), name);
            record(tx, "robot.change", actor, name, profile.disabled() ? "disabled" : "");
            return robots.find(tx, name).orElseThrow();
        });
    }

    /**
     * Gives a robot another secret in place of the one it had.
     *
     * @throws RegistryException.NotFound if there is no such robot
     */
    public Issued<Robot> renew(AccountName name, Actor actor) {
        AccessKey key = newKey();
        Robot renewed = database.transaction(tx -> {
            require(robots.setKey(tx, name, key), name);
            record(tx, "robot.secret", actor, name, "");
            return robots.find(tx, name).orElseThrow();
        });
        return new Issued<>(renewed, key.secret());
    }

    /**
     * Deletes a robot with the rules for it.
     *
     * @throws RegistryException.NotFound if there is no such robot
     */
    public void delete(AccountName name, Actor actor) {
        database.transaction(tx -> {
            require(robots.delete(tx, name), name);
            rules.removeAll(tx, actor, subject(name));
            record(tx, "robot.delete", actor, name, "");
            return null;
        });
        rules.committed();
    }

    private static Subject subject(AccountName name) {
        return new Subject(Subject.Kind.ROBOT, name.value());
    }

    private AccessKey newKey() {
        return AccessKey.make(AccessKey.Kind.ROBOT, random);
    }

    private void checkExpiry(RobotProfile profile) {
        if (profile.expiresAt().filter(end -> !end.isAfter(clock.instant())).isPresent()) {
            throw new RegistryException.Invalid(
                    ErrorCode.UNSUPPORTED, "a robot expires at a time to come, or never", "");
        }
    }

    private void record(Transaction tx, String act, Actor actor, AccountName name, String detail)
            throws SQLException {
        audit.record(tx, AuditEvent.of(act, actor, name.value(), detail));
    }

    private static void require(boolean found, AccountName name) {
        if (!found) {
            throw unknown(name);
        }
    }

    private static RegistryException unknown(AccountName name) {
        return new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such robot", name.value());
    }
}
