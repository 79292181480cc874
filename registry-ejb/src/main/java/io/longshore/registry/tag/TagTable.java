package io.longshore.registry.tag;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.AuditClause;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** SQL of table {@code tag}. */
final class TagTable {
    private static final String DELETE = """
            with gone as (
                delete from tag t
                using repository r
                where r.name = ? and t.repository_id = r.id and t.name = ?
                returning r.name as repository, t.name as tag, manifest_digest(t.manifest_id) as digest)
            """ + AuditClause.insert("tag.delete", "select repository, tag, digest from gone");

    /** Empty if there is no such repository. */
    Optional<List<Tag>> after(Transaction transaction, RepositoryName repository, String last, long limit)
            throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select array(select t.name
                             from tag t
                             where t.repository_id = r.id and t.name > ?
                             order by t.name
                             limit ?)
                from repository r
                where r.name = ?""")) {
            select.setString(1, last);
            select.setLong(2, limit);
            select.setString(3, repository.value());
            ResultSet row = select.executeQuery();
            if (!row.next()) {
                return Optional.empty();
            }
            String[] names = (String[]) row.getArray(1).getArray();
            return Optional.of(Stream.of(names).map(Tag::new).toList());
        }
    }

    boolean delete(Transaction transaction, Actor actor, RepositoryName repository, Tag tag) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(DELETE)) {
            delete.setString(1, repository.value());
            delete.setString(2, tag.value());
            AuditClause.setActor(delete, 3, actor);
            return delete.executeUpdate() > 0;
        }
    }
}
