package io.longshore.registry.audit;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.Transaction;
import java.sql.SQLException;

/** The record of who did what. Thread-safe. */
public final class Audit {
    private final Database database;
    private final AuditTable events = new AuditTable();
    private final AuditSearchTable search = new AuditSearchTable();

    public Audit(Database database) {
        this.database = database;
    }

    /** Records an act as a part of the transaction that does it: both are done, or neither. */
    public void record(Transaction transaction, AuditEvent event) throws SQLException {
        events.insert(transaction, event);
    }

    /** Records what changes nothing else, such as a refusal. */
    public void record(AuditEvent event) {
        database.statement(tx -> {
            events.insert(tx, event);
            return null;
        });
    }

    /**
     * A page of what was recorded, the newest first. There is nothing behind an event that has become too old to be
     * kept since the page before.
     *
     * @param limit most events to return
     */
    public Slice<RecordedEvent> find(AuditQuery query, int limit) {
        return Slice.of(database.statement(tx -> search.find(tx, query, limit + 1L)), limit);
    }
}
