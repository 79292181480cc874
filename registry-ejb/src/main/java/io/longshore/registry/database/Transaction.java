package io.longshore.registry.database;

import java.sql.Connection;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;

/**
 * A unit of work on one connection, valid while {@link Database} runs it. Services hand it from one table class to the
 * next; only table classes look inside. Not thread-safe.
 */
public final class Transaction {
    private final Connection connection;
    private final SessionFactory sessions;
    private StatelessSession session;

    Transaction(Connection connection, SessionFactory sessions) {
        this.connection = connection;
        this.sessions = sessions;
    }

    /** For SQL over sets of rows. Never closed, committed or rolled back by whoever asks. */
    public Connection connection() {
        return connection;
    }

    /**
     * For rows one by one, as entities; on the same connection, in the same transaction. Never closed by whoever asks.
     */
    public StatelessSession session() {
        if (session == null) {
            session = sessions.openStatelessSession(connection);
        }
        return session;
    }
}
