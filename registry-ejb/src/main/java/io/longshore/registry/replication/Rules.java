package io.longshore.registry.replication;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.database.Database;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.seal.Seal;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of replication. Thread-safe. */
public final class Rules {
    private final Database database;
    private final Audit audit;
    private final RuleSecrets secrets;
    private final RuleTable table = new RuleTable();
    private final RunTable runs = new RunTable();

    /** @param seal for passwords, which must not be seen in the database */
    public Rules(Database database, Audit audit, Seal seal) {
        this.database = database;
        this.audit = audit;
        this.secrets = new RuleSecrets(seal);
    }

    /** All there are, by name. */
    public List<RuleStatus> list() {
        Map<String, Run> last = last(Optional.empty());
        return database.statement(table::all).stream().map(rule -> status(rule, last)).toList();
    }

    /** @throws RegistryException.NotFound if there is none of this name */
    public RuleStatus get(String name) {
        StoredRule rule = database.statement(tx -> table.find(tx, name)).orElseThrow(Rules::unknown);
        return status(rule, last(Optional.of(name)));
    }

    private Map<String, Run> last(Optional<String> name) {
        return database.statement(tx -> runs.last(tx, name)).stream()
                .collect(Collectors.toMap(Run::rule, Function.identity()));
    }

    private RuleStatus status(StoredRule stored, Map<String, Run> last) {
        ReplicationRule shown = whole(stored).map(ReplicationRule::withoutPassword).orElse(stored.rule());
        return new RuleStatus(
                shown, stored.secrets().isPresent(), stored.made().by(), stored.made().at(), stored.nextAt(),
                Optional.ofNullable(last.get(stored.rule().name())));
    }

    /**
     * Adds one.
     *
     * @throws RegistryException.Refused if there is one of this name
     */
    public void create(Actor actor, ReplicationRule rule) {
        database.transaction(tx -> {
            if (!table.insert(tx, rule, closed(rule), next(rule), actor.subject())) {
                throw new RegistryException.Refused(
                        RegistryException.Kind.CONFLICT, ErrorCode.DENIED, "there is a rule of this name already",
                        rule.name());
            }
            audit.record(tx, AuditEvent.of("replication.create", actor, rule.name(), rule.remote().registry()));
            return null;
        });
    }

    /**
     * Changes all but the name. What is under way goes on by what it says from now on.
     *
     * @param change makes of what there is what is to be, and may be asked more than once; gets nothing if this node
     *     cannot read the password of what there is
     * @throws RegistryException.NotFound if there is none of this name
     */
    public void change(Actor actor, String name, Function<Optional<ReplicationRule>, ReplicationRule> change) {
        database.transaction(tx -> {
            StoredRule before = table.lock(tx, name).orElseThrow(Rules::unknown);
            ReplicationRule rule = change.apply(whole(before));
            table.update(tx, rule, closed(rule), next(rule));
            audit.record(tx, AuditEvent.of("replication.change", actor, name, rule.remote().registry()));
            return null;
        });
    }

    /**
     * Removes one, and all that is known of its runs. What is under way ends within seconds.
     *
     * @throws RegistryException.NotFound if there is none of this name
     */
    public void delete(Actor actor, String name) {
        database.transaction(tx -> {
            if (!table.delete(tx, name)) {
                throw unknown();
            }
            audit.record(tx, AuditEvent.of("replication.delete", actor, name, ""));
            return null;
        });
    }

    private Optional<String> closed(ReplicationRule rule) {
        return rule.remote().login().map(secrets::closed);
    }

    private static Optional<Instant> next(ReplicationRule rule) {
        return rule.timetable().filter(table -> rule.enabled()).flatMap(table -> table.after(Instant.now()));
    }

    /** With the password; empty if this node cannot read it, as it was written with another secret. */
    Optional<ReplicationRule> whole(StoredRule stored) {
        if (stored.secrets().isEmpty()) {
            return Optional.of(stored.rule());
        }
        try {
            Remote remote = stored.rule().remote().as(Optional.of(secrets.opened(stored.secrets().get())));
            return Optional.of(stored.rule().with(remote));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    static RegistryException unknown() {
        return new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such rule", "");
    }
}
