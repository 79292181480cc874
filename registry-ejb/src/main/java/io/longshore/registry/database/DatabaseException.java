package io.longshore.registry.database;

import java.sql.SQLException;

/** PostgreSQL refused a statement. Nothing was changed by it. */
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String state;

    DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
        this.state = String.valueOf(cause.getSQLState());
    }

    /** Whether a row that the statement needs is not there, or one that it deletes is needed by another. */
    public boolean isForeignKeyViolation() {
        return SqlStates.FOREIGN_KEY_VIOLATION.equals(state);
    }

    /** Whether a function of the schema refused it, with this code. */
    public boolean isRaised(String code) {
        return code.equals(state);
    }

    /** Whether there is a row already that a new one cannot stand beside. */
    public boolean isUniqueViolation() {
        return SqlStates.UNIQUE_VIOLATION.equals(state);
    }
}
