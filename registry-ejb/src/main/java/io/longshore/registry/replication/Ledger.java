package io.longshore.registry.replication;

import io.longshore.registry.audit.Via;
import io.longshore.registry.database.Database;
import io.longshore.registry.replication.Run.Counts;
import java.time.Duration;
import java.util.Optional;

/** Writes down what came of tasks, and when a run has ended by that. Thread-safe. */
final class Ledger {
    private static final int LONGEST_ERROR = 500;

    private final Database database;
    private final Via.Node node;
    private final RuleTable rules = new RuleTable();
    private final RunTable runs = new RunTable();
    private final ItemTable items = new ItemTable();

    Ledger(Database database, Via.Node node) {
        this.database = database;
        this.node = node;
    }

    /**
     * What was written down.
     *
     * @param own whether the task was this node's until then; if not, nothing was
     * @param ended how the run has ended by it
     */
    record Entry(boolean own, Optional<Run.State> ended) {
        private static final Entry LOST = new Entry(false, Optional.empty());
    }

    /** It is done; all that follows from it is written with it. */
    Entry done(Task task, Outcome outcome) {
        return database.transaction(tx -> {
            if (!rules.lock(tx, task.ruleId())) {
                return Entry.LOST;
            }
            Counts counts;
            boolean own;
            switch (outcome.kind()) {
                case COPIED -> {
                    counts = new Counts(0, 1, 0, 0, 0, outcome.bytes());
                    own = items.end(
                            tx, task.id(), node.instance(), Item.State.COPIED, outcome.digest(), outcome.bytes(),
                            Optional.empty());
                }
                case DELETED -> {
                    counts = new Counts(0, 0, 0, 1, 0, 0);
                    own = items.end(
                            tx, task.id(), node.instance(), Item.State.DELETED, Optional.empty(), 0, Optional.empty());
                }
                default -> {
                    boolean skipped = outcome.kind() == Outcome.Kind.SKIPPED;
                    counts = new Counts(outcome.lookedAt(), 0, skipped ? 1 : 0, 0, 0, 0);
                    own = items.delete(tx, task.id(), node.instance());
                }
            }
            if (!own) {
                return Entry.LOST;
            }
            items.insert(tx, task.runId(), task.ruleId(), outcome.children());
            runs.count(tx, task.runId(), counts, Optional.empty());
            return new Entry(true, runs.endIfDone(tx, task.runId()));
        });
    }

    /** It failed for good. */
    Entry failed(Task task, String error) {
        String kept = cut(error);
        return database.transaction(tx -> {
            if (!rules.lock(tx, task.ruleId())
                    || !items.end(
                            tx, task.id(), node.instance(), Item.State.FAILED, Optional.empty(), 0,
                            Optional.of(kept))) {
                return Entry.LOST;
            }
            runs.count(tx, task.runId(), new Counts(0, 0, 0, 0, 1, 0), Optional.of(cut(name(task) + error)));
            return new Entry(true, runs.endIfDone(tx, task.runId()));
        });
    }

    /** It failed, and is to be tried again after a while. */
    void retry(Task task, Duration wait, String error) {
        database.transaction(tx -> {
            if (rules.lock(tx, task.ruleId())) {
                items.retry(tx, task.id(), node.instance(), wait, cut(error));
            }
            return null;
        });
    }

    private static String name(Task task) {
        return switch (task.kind()) {
            case CATALOG -> "";
            case REPOSITORY -> task.repository() + ": ";
            case COPY, DELETE -> task.repository() + ':' + task.tag() + ": ";
        };
    }

    private static String cut(String text) {
        String clean = text.replace('\0', ' ');
        return clean.length() <= LONGEST_ERROR ? clean : clean.substring(0, LONGEST_ERROR) + '…';
    }
}
