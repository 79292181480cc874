package io.longshore.registry.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** What PostgreSQL's error codes mean here (PostgreSQL documentation, appendix "Error Codes"). */
final class SqlStates {
    static final String FOREIGN_KEY_VIOLATION = "23503";
    static final String UNIQUE_VIOLATION = "23505";
    private static final String CANNOT_CONNECT_NOW = "57P03";
    private static final String DEADLOCK_DETECTED = "40P01";
    private static final String SERIALIZATION_FAILURE = "40001";

    private SqlStates() {}

    static boolean isDeadlock(SQLException e) {
        return DEADLOCK_DETECTED.equals(e.getSQLState()) || SERIALIZATION_FAILURE.equals(e.getSQLState());
    }

    /** Up, and not ready to work yet: after a crash it first repeats what was committed. */
    static boolean isStarting(SQLException e) {
        return CANNOT_CONNECT_NOW.equals(e.getSQLState());
    }

    /** Connection lost or refused, shut down or starting, out of connections, memory or disk, read-only. */
    static boolean isUnavailable(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || state != null
                        && (state.startsWith("08")
                                || state.startsWith("53")
                                || state.startsWith("57P")
                                || state.startsWith("58")
                                || state.equals("25006"));
    }
}
