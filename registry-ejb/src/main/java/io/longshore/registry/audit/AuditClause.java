package io.longshore.registry.audit;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The part of a feature's SQL statement that records what the rest of it does: no round trip more, and no row about
 * what was not done. The one piece of SQL that features share; their table classes put it into theirs.
 */
public final class AuditClause {
    private AuditClause() {}

    /**
     * An {@code insert} of one row for each of {@code done}. Its first parameters are those that {@link #setActor}
     * sets; those of {@code done} follow.
     *
     * @param act what is done; the words are listed in the data model
     * @param done a query of three columns: the name of the repository, the reference (text) and the digest, each of
     *     which may be null
     */
    public static String insert(String act, String done) {
        return """
                insert into audit_event (act, actor, address, repository, reference, digest)
                select '%s', ?, nullif(?, ''), done.repository, done.reference, done.digest
                from (%s) done (repository, reference, digest)""".formatted(act, done);
    }

    /**
     * Sets the first parameters of the clause.
     *
     * @param first number of the first of them in the statement
     * @return the number of the parameter after them
     */
    public static int setActor(PreparedStatement statement, int first, Actor actor) throws SQLException {
        statement.setString(first, actor.subject());
        statement.setString(first + 1, actor.address());
        return first + 2;
    }
}
