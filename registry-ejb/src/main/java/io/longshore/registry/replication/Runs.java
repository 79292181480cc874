package io.longshore.registry.replication;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.audit.Via;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.replication.Item.Kind;
import io.longshore.registry.replication.Run.Cause;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is done, and was done, for rules. Thread-safe. */
public final class Runs {
    private final Database database;
    private final Audit audit;
    private final Via.Node node;
    private final RuleTable rules = new RuleTable();
    private final RunTable table = new RunTable();
    private final ItemTable items = new ItemTable();

    /** @param node that begins them */
    public Runs(Database database, Audit audit, Via.Node node) {
        this.database = database;
        this.audit = audit;
        this.node = node;
    }

    /**
     * Begins a run of a rule, whether it is enabled or not. It is done in the background, within seconds.
     *
     * @param dry whether nothing is to be changed
     * @throws RegistryException.NotFound if there is no such rule
     * @throws RegistryException.Refused if a run is under way
     */
    public Run start(Actor actor, String rule, boolean dry) {
        return database.transaction(tx -> {
            StoredRule stored = rules.lock(tx, rule).orElseThrow(Rules::unknown);
            OptionalLong begun = begin(tx, stored.id(), Cause.MANUAL, dry, actor.subject());
            if (begun.isEmpty()) {
                throw conflict("a run of this rule is under way", rule);
            }
            long id = begun.getAsLong();
            audit.record(tx, AuditEvent.of("replication.run", actor, rule, (dry ? "dry run " : "run ") + id));
            return table.find(tx, id).orElseThrow();
        });
    }

    /** Begins to look at everything; empty if that is under way. To be called while the rule is locked. */
    OptionalLong begin(Transaction transaction, long ruleId, Cause cause, boolean dry, String by)
            throws SQLException {
        OptionalLong id = table.insert(transaction, ruleId, cause, dry, by, node.address());
        if (id.isPresent()) {
            items.insert(transaction, id.getAsLong(), ruleId, List.of(new Task.Child(Kind.CATALOG, "", "")));
        }
        return id;
    }

    /**
     * Ends a run; what it is at ends within seconds, and leaves nothing half done behind.
     *
     * @throws RegistryException.NotFound if there is no such run
     * @throws RegistryException.Refused if it has ended
     */
    public Run cancel(Actor actor, long id) {
        Run run = get(id);
        return database.transaction(tx -> {
            OptionalLong rule = table.ruleOfRunning(tx, id);
            if (rule.isEmpty() || !rules.lock(tx, rule.getAsLong()) || table.ruleOfRunning(tx, id).isEmpty()) {
                throw conflict("the run has ended", Long.toString(id));
            }
            items.deleteOpen(tx, id);
            table.cancel(tx, id);
            audit.record(tx, AuditEvent.of("replication.cancel", actor, run.rule(), "run " + id));
            return table.find(tx, id).orElseThrow(Runs::unknown);
        });
    }

    /** @throws RegistryException.NotFound if there is none of this id */
    public Run get(long id) {
        return database.statement(tx -> table.find(tx, id)).orElseThrow(Runs::unknown);
    }

    /**
     * A page of runs, the newest first.
     *
     * @param rule of which rule; empty for all
     * @param before exclusive start: the id of the last of the page before
     */
    public Slice<Run> list(Optional<String> rule, long before, int limit) {
        return Slice.of(database.statement(tx -> table.before(tx, rule, before, limit + 1)), limit);
    }

    /**
     * A page of what is to be done in a run, or was, in the order in which it was found.
     *
     * @param state of which state; empty for all
     * @param after exclusive start: the id of the last of the page before
     * @throws RegistryException.NotFound if there is no such run
     */
    public Slice<Item> items(long run, Optional<Item.State> state, long after, int limit) {
        get(run);
        return Slice.of(database.statement(tx -> items.after(tx, run, state, after, limit + 1)), limit);
    }

    private static RegistryException conflict(String message, String detail) {
        return new RegistryException.Refused(RegistryException.Kind.CONFLICT, ErrorCode.DENIED, message, detail);
    }

    private static RegistryException unknown() {
        return new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such run", "");
    }
}
