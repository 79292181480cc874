package io.longshore.registry.replication;

import io.longshore.registry.audit.Via;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Tag;
import io.longshore.registry.replication.ChangeTable.Change;
import io.longshore.registry.replication.Item.Kind;
import io.longshore.registry.replication.Run.Cause;
import io.longshore.registry.replication.Run.Counts;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Has what happens here copied by the rules that wait for it. Thread-safe. */
final class Changes {
    private static final int BATCH = 500;
    private static final String STARTED_BY = "registry";

    private final Database database;
    private final Via.Node node;
    private final ChangeTable table = new ChangeTable();
    private final RuleTable rules = new RuleTable();
    private final RunTable runs = new RunTable();
    private final ItemTable items = new ItemTable();

    Changes(Database database, Via.Node node) {
        this.database = database;
        this.node = node;
    }

    /** Looks at all that has happened; each change is looked at by one node, and what is to be done written with it. */
    void take() {
        if (database.statement(table::isEmpty)) {
            return;
        }
        int taken;
        do {
            taken = database.transaction(this::takeSome);
        } while (taken == BATCH);
    }

    private int takeSome(Transaction transaction) throws SQLException {
        List<Change> changes = table.take(transaction, BATCH);
        for (StoredRule rule : rules.onEvent(transaction)) {
            Set<Task.Child> tasks = new LinkedHashSet<>();
            for (Change change : changes) {
                if (rule.rule().selection().includes(change.repository())) {
                    tasks.addAll(tasks(transaction, rule, change));
                }
            }
            if (!tasks.isEmpty()) {
                add(transaction, rule, tasks);
            }
        }
        return changes.size();
    }

    /** Which is the newest, all of the repository say. */
    private List<Task.Child> tasks(Transaction transaction, StoredRule rule, Change change) throws SQLException {
        Selection selection = rule.rule().selection();
        String repository = change.repository().value();
        boolean push = change.action().equals("manifest.push");
        if (push && change.tag().filter(selection::includes).isPresent()) {
            return selection.newest().isPresent()
                    ? List.of(new Task.Child(Kind.REPOSITORY, repository, ""))
                    : tasks(Kind.COPY, repository, change.tag().stream().toList());
        }
        if (push && change.tag().isEmpty() && selection.referrers()) {
            List<Tag> tags = table.tagsOfSubjects(transaction, change.repository(), change.digest().orElseThrow());
            return tasks(Kind.COPY, repository, tags.stream().filter(selection::includes).toList());
        }
        if (!push && rule.rule().deletes()) {
            return tasks(Kind.DELETE, repository, gone(transaction, rule, change));
        }
        return List.of();
    }

    private List<Tag> gone(Transaction transaction, StoredRule rule, Change change) throws SQLException {
        if (change.tag().isPresent()) {
            return change.tag().stream().toList();
        }
        return change.digest().isPresent()
                ? table.copied(transaction, rule.id(), change.repository(), change.digest().get())
                : List.of();
    }

    private static List<Task.Child> tasks(Kind kind, String repository, List<Tag> tags) {
        return tags.stream().map(tag -> new Task.Child(kind, repository, tag.value())).toList();
    }

    private void add(Transaction transaction, StoredRule rule, Set<Task.Child> tasks) throws SQLException {
        if (!rules.lock(transaction, rule.id())) {
            return;
        }
        OptionalLong running = runs.runningByEvent(transaction, rule.id());
        long run = running.isPresent()
                ? running.getAsLong()
                : runs.insert(transaction, rule.id(), Cause.EVENT, false, STARTED_BY, node.address()).orElseThrow();
        int added = items.insert(transaction, run, rule.id(), tasks);
        runs.count(transaction, run, new Counts(added, 0, 0, 0, 0, 0), Optional.empty());
        // All of it may wait to be done already.
        runs.endIfDone(transaction, run);
    }
}
