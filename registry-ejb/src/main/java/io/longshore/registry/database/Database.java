package io.longshore.registry.database;

import com.zaxxer.hikari.HikariDataSource;
import io.longshore.registry.model.RegistryException;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.JDBCException;
import org.hibernate.SessionFactory;

/**
 * PostgreSQL, with the schema that this version needs. Thread-safe.
 *
 * <p>A database that cannot be reached is {@link RegistryException.Unavailable}; it is tried anew with each call, so
 * the registry recovers by itself. Bytes never flow while a unit of work holds its connection.
 */
public final class Database implements AutoCloseable {
    private static final int DEADLOCK_ATTEMPTS = 5;

    private final HikariDataSource pool;
    private final SessionFactory sessions;

    Database(HikariDataSource pool, SessionFactory sessions) {
        this.pool = pool;
        this.sessions = sessions;
    }

    /** What is done in a unit of work; {@link #transaction} may do it more than once. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Transaction transaction) throws SQLException;
    }

    /**
     * Runs work that is a single SQL statement: one round trip, a transaction by itself.
     *
     * @throws DatabaseException if the database refuses the statement; it then changed nothing
     */
    public <T> T statement(Work<T> work) {
        return attempt(work, true);
    }

    /**
     * Runs work as one transaction, which is committed, durably, when this returns. It is run again if the database
     * gave it up in favour of another, so the work must have no effect elsewhere.
     *
     * @throws DatabaseException if the database refuses a statement; nothing was changed
     */
    public <T> T transaction(Work<T> work) {
        return attempt(work, false);
    }

    private <T> T attempt(Work<T> work, boolean single) {
        for (int attempt = 1; ; attempt++) {
            try {
                return single ? autoCommitted(work) : committed(work);
            } catch (SQLException e) {
                if (!SqlStates.isDeadlock(e) || attempt == DEADLOCK_ATTEMPTS) {
                    throw translated(e);
                }
            } catch (JDBCException e) {
                throw translated(e.getSQLException());
            }
        }
    }

    private <T> T autoCommitted(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return work.run(new Transaction(connection, sessions));
        }
    }

    /** The pool takes every connection back as it gave it, with auto-commit on. */
    private <T> T committed(Work<T> work) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.run(new Transaction(connection, sessions));
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    /** On a connection that was lost this fails too, and must not hide that it was. */
    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static RuntimeException translated(SQLException e) {
        if (SqlStates.isUnavailable(e)) {
            System.getLogger(Database.class.getName())
                    .log(System.Logger.Level.WARNING, "the database is not available: {0}", e.getMessage());
            return new RegistryException.Unavailable("the database is not available, try again later");
        }
        return new DatabaseException(e);
    }

    @Override
    public void close() {
        sessions.close();
        pool.close();
    }
}
