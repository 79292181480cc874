package io.longshore.registry.access.rule;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.Permissions;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.OneAtATime;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Who may do what, and whether anybody may write: the rules of the configuration and of the database. Thread-safe.
 *
 * <p>All rules are in memory. Before they are used, they are compared with the database unless that was done within the
 * last second: one small query per second and node while there are requests. So a change holds on every node within a
 * second, at once on the node that made it, and no node that cannot see the database goes on with what it knows.
 */
public final class Policy {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Database database;
    private final List<Rule> configured;
    private final boolean alwaysReadOnly;
    private final LongSupplier nanos;
    private final RuleTable rules = new RuleTable();
    private final ModeTable mode = new ModeTable();
    private final OneAtATime comparing = new OneAtATime();
    /** How often this node has changed something. */
    private final AtomicLong changes = new AtomicLong();
    /** Null until it is needed. */
    private volatile Compared latest;

    /** @param changes how many there had been when it was begun */
    private record Compared(Snapshot snapshot, long atNanos, long changes) {}

    /**
     * @param configured rules that hold beside those in the database
     * @param alwaysReadOnly whether nobody may write, whatever the database says
     * @param nanos a clock such as {@link System#nanoTime}
     */
    public Policy(Database database, List<Rule> configured, boolean alwaysReadOnly, LongSupplier nanos) {
        this.database = database;
        this.configured = List.copyOf(configured);
        this.alwaysReadOnly = alwaysReadOnly;
        this.nanos = nanos;
    }

    /** What somebody may do. */
    public Permissions permissionsOf(Identity identity) {
        return current().permissionsOf(identity);
    }

    /** What rules give to somebody, whatever the limits of the credentials; one for each rule. */
    public List<Grant> grantsOf(Identity identity) {
        return current().allGrantsOf(identity);
    }

    /** Whether any rule gives something to this subject itself. */
    public boolean speaksOf(Subject subject) {
        return current().speaksOf(subject);
    }

    /** Whether the registry refuses to be written to. */
    public ReadOnly readOnly() {
        ReadOnly now = current().readOnly();
        return alwaysReadOnly && !now.enabled() ? new ReadOnly(true, "") : now;
    }

    /** The rules of the configuration. */
    public List<Rule> configured() {
        return configured;
    }

    /** To be called after each change of the rules that this node has committed. */
    void changed() {
        changes.incrementAndGet();
    }

    private Snapshot current() {
        Compared known = latest;
        if (isFresh(known)) {
            return known.snapshot();
        }
        return comparing.run(() -> {
            if (!isFresh(latest)) {
                latest = compared(latest);
            }
            return latest.snapshot();
        });
    }

    private boolean isFresh(Compared known) {
        return known != null
                && known.changes() == changes.get()
                && nanos.getAsLong() - known.atNanos() < FRESH_NANOS;
    }

    private Compared compared(Compared known) {
        long changesBefore = changes.get();
        long before = nanos.getAsLong();
        boolean same = known != null && database.statement(mode::version) == known.snapshot().version();
        Snapshot snapshot = same ? known.snapshot() : database.transaction(this::read);
        return new Compared(snapshot, before, changesBefore);
    }

    /** The version comes first: what changes in between, is seen, and read once more the next time. */
    private Snapshot read(Transaction transaction) throws SQLException {
        long version = mode.version(transaction);
        ReadOnly readOnly = mode.readOnly(transaction);
        Stream<Rule> stored = rules.all(transaction).stream().map(StoredRule::rule);
        return new Snapshot(version, readOnly, Stream.concat(configured.stream(), stored));
    }
}
