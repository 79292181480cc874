package io.longshore.registry.access.rule;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.DatabaseException;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rules that are kept in the database, and the read-only mode. Each change is audited with it. Thread-safe. */
public final class RuleService {
    private static final int LONGEST_MESSAGE = 1000;

    private final Database database;
    private final Policy policy;
    private final Audit audit;
    private final RuleTable rules = new RuleTable();
    private final ModeTable modes = new ModeTable();

    /** @param policy is told of each change */
    public RuleService(Database database, Policy policy, Audit audit) {
        this.database = database;
        this.policy = policy;
        this.audit = audit;
    }

    /**
     * Rules in the order in which they were made.
     *
     * @param last the id after which to begin; 0 for the beginning
     */
    public Slice<StoredRule> list(long last, int limit) {
        return Slice.of(database.statement(tx -> rules.after(tx, last, limit + 1)), limit);
    }

    public Optional<StoredRule> find(long id) {
        return database.statement(tx -> rules.find(tx, id));
    }

    /**
     * Makes a rule.
     *
     * @throws RegistryException.Refused of the kind {@code CONFLICT} if there is one for the same subject and pattern
     */
    public StoredRule add(Actor actor, Rule rule) {
        StoredRule made = database.transaction(tx -> add(tx, actor, rule).orElseThrow(RuleService::isThere));
        policy.changed();
        return made;
    }

    /**
     * Makes a rule as a part of a transaction, after which {@link #committed} is to be called.
     *
     * @return empty if there is one for the same subject and pattern
     */
    public Optional<StoredRule> add(Transaction transaction, Actor actor, Rule rule) throws SQLException {
        Optional<StoredRule> made = rules.insert(transaction, rule, actor.subject());
        if (made.isPresent()) {
            audit.record(transaction, event("rule.create", actor, rule));
        }
        return made;
    }

    /**
     * Takes away all rules for a subject, as a part of a transaction, after which {@link #committed} is to be called.
     */
    public void removeAll(Transaction transaction, Actor actor, Subject subject) throws SQLException {
        for (StoredRule gone : rules.deleteOf(transaction, subject)) {
            audit.record(transaction, event("rule.delete", actor, gone.rule()));
        }
    }

    /** Makes this node see what a transaction has changed. */
    public void committed() {
        policy.changed();
    }

    /**
     * Puts a rule in the place of another.
     *
     * @return empty if there is no rule of this id
     * @throws RegistryException.Refused of the kind {@code CONFLICT} if another one has the same subject and pattern
     */
    public Optional<StoredRule> replace(Actor actor, long id, Rule rule) {
        try {
            Optional<StoredRule> changed = database.transaction(tx -> {
                Optional<StoredRule> before = rules.hold(tx, id);
                if (before.isEmpty()) {
                    return before;
                }
                audit.record(tx, change(actor, before.get(), rule));
                return rules.update(tx, id, rule);
            });
            policy.changed();
            return changed;
        } catch (DatabaseException e) {
            if (e.isUniqueViolation()) {
                throw isThere();
            }
            throw e;
        }
    }

    /** Takes a rule away. Returns it, or empty if there was none. */
    public Optional<StoredRule> remove(Actor actor, long id) {
        Optional<StoredRule> gone = database.transaction(tx -> {
            Optional<StoredRule> deleted = rules.delete(tx, id);
            if (deleted.isPresent()) {
                audit.record(tx, event("rule.delete", actor, deleted.get().rule()));
            }
            return deleted;
        });
        policy.changed();
        return gone;
    }

    /**
     * Switches the read-only mode, on all nodes within a second.
     *
     * @throws RegistryException.Invalid if the message is longer than 1000 characters
     */
    public void setReadOnly(Actor actor, ReadOnly mode) {
        if (mode.message().length() > LONGEST_MESSAGE || mode.message().indexOf('\0') >= 0) {
            throw new RegistryException.Invalid(
                    ErrorCode.UNSUPPORTED, "the message has at most " + LONGEST_MESSAGE + " characters, and no NUL", "");
        }
        database.transaction(tx -> {
            modes.set(tx, mode, actor.subject());
            String act = mode.enabled() ? "readonly.on" : "readonly.off";
            audit.record(tx, AuditEvent.of(act, actor, "", mode.message()));
            return null;
        });
        policy.changed();
    }

    private static AuditEvent event(String act, Actor actor, Rule rule) {
        return AuditEvent.of(act, actor, rule.subject().toString(), given(rule));
    }

    /** With what it was: the table has neither that nor who changed it. */
    private static AuditEvent change(Actor actor, StoredRule before, Rule after) {
        Rule rule = before.rule();
        return AuditEvent.of("rule.change", actor, after.subject().toString(),
                given(after) + "; rule " + before.id() + " was " + rule.subject() + ' ' + given(rule)
                        + ", made by " + before.createdBy());
    }

    private static String given(Rule rule) {
        String actions = rule.grant().actions().stream().sorted().map(Action::word).collect(Collectors.joining(","));
        return rule.grant().repositories().value() + ' ' + actions;
    }

    private static RegistryException isThere() {
        return new RegistryException.Refused(
                RegistryException.Kind.CONFLICT,
                ErrorCode.UNSUPPORTED,
                "there is a rule for this subject and these repositories; change it instead",
                "");
    }
}
