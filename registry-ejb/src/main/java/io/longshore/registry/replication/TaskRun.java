package io.longshore.registry.replication;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.replication.ReplicationObserver.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Does a task, and writes down what came of it. */
final class TaskRun {
    private static final System.Logger LOG = System.getLogger(TaskRun.class.getName());
    /** What can be otherwise in a while. */
    private static final Set<RegistryException.Kind> PASSING = Set.of(
            RegistryException.Kind.UNAVAILABLE, RegistryException.Kind.TOO_MANY_REQUESTS,
            RegistryException.Kind.NOT_FOUND, RegistryException.Kind.CONFLICT);
    /** How long to wait after each attempt but the last. */
    private static final List<Duration> WAITS = List.of(Duration.ofSeconds(2), Duration.ofSeconds(10));

    private final Replica replica;
    private final Task task;
    private final Ledger ledger;
    private final ReplicationObserver observer;

    TaskRun(Replica replica, Task task, Ledger ledger, ReplicationObserver observer) {
        this.replica = replica;
        this.task = task;
        this.ledger = ledger;
        this.observer = observer;
    }

    /**
     * To be called by the thread that claimed it. If that is interrupted, nothing is written: either the task is
     * another node's, or nobody's, or it is about to be let go.
     */
    void run() {
        Outcome outcome;
        try {
            outcome = outcome();
        } catch (IOException | UncheckedIOException e) {
            failed(e, true);
            return;
        } catch (RegistryException e) {
            failed(e, PASSING.contains(e.kind()));
            return;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, () -> "replication " + replica.rule().name() + ": unforeseen", e);
            failed(e, true);
            return;
        }
        tell(ledger.done(task, outcome), outcome);
    }

    private Outcome outcome() throws IOException {
        return switch (task.kind()) {
            case CATALOG -> new Plan(replica).catalog();
            case REPOSITORY -> new Plan(replica).repository(RepositoryName.parse(task.repository()));
            case COPY -> new TagCopy(replica, task).copy();
            case DELETE -> new TagCopy(replica, task).delete();
        };
    }

    private void failed(Exception e, boolean passing) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        String error = e.getMessage() == null ? e.toString() : e.getMessage();
        if (passing && task.attempts() <= WAITS.size()) {
            ledger.retry(task, WAITS.get(task.attempts() - 1), error);
            return;
        }
        LOG.log(Level.WARNING, "replication {0}: {1} {2} {3}: {4}",
                replica.rule().name(), task.kind().word(), task.repository(), task.tag(), error);
        Ledger.Entry entry = ledger.failed(task, error);
        if (entry.own() && !task.dry()) {
            observer.ended(replica.rule().name(), Result.FAILED, 0);
        }
        tellEnd(entry);
    }

    private void tell(Ledger.Entry entry, Outcome outcome) {
        if (entry.own() && !task.dry() && outcome.kind() != Outcome.Kind.PLANNED) {
            observer.ended(replica.rule().name(), Result.valueOf(outcome.kind().name()), outcome.bytes());
        }
        tellEnd(entry);
    }

    private void tellEnd(Ledger.Entry entry) {
        entry.ended().ifPresent(state -> {
            LOG.log(Level.INFO, "replication {0}: {1} {2} {3}",
                    replica.rule().name(), task.dry() ? "dry run" : "run", Long.toString(task.runId()), state.word());
            if (!task.dry()) {
                observer.runEnded(replica.rule().name(), state);
            }
        });
    }
}
