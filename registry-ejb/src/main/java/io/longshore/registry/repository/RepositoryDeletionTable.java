package io.longshore.registry.repository;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.AuditClause;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RepositoryName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** SQL that deletes from table {@code repository}, and what hangs on it. */
final class RepositoryDeletionTable {
    private static final String LOCK = "select id from repository where name = ? for update";

    /** Manifests take their tags along, whose history goes after that. */
    private static final List<String> CONTENT = List.of(
            "delete from manifest where repository_id = ?",
            "delete from link where repository_id = ?",
            "delete from tag_history where repository_id = ?");

    private static final String DELETE = """
            with gone as (delete from repository where id = ? returning name)
            """ + AuditClause.insert("repository.delete", "select name, null, null::digest from gone");

    /** Whether there was one. */
    boolean delete(Transaction transaction, Actor actor, RepositoryName name) throws SQLException {
        long id;
        try (PreparedStatement lock = transaction.connection().prepareStatement(LOCK)) {
            lock.setString(1, name.value());
            ResultSet row = lock.executeQuery();
            if (!row.next()) {
                return false;
            }
            id = row.getLong(1);
        }
        for (String sql : CONTENT) {
            try (PreparedStatement delete = transaction.connection().prepareStatement(sql)) {
                delete.setLong(1, id);
                delete.executeUpdate();
            }
        }
        try (PreparedStatement delete = transaction.connection().prepareStatement(DELETE)) {
            delete.setLong(1, id);
            AuditClause.setActor(delete, 2, actor);
            return delete.executeUpdate() > 0;
        }
    }
}
