package io.longshore.registry.upload;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.storage.StageId;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * SQL of table {@code upload_session}. A client whose session is lost in a power failure starts again and has lost no
 * blob, so sessions do not wait for the disk: {@code set_config(…, true)} says so for the statement's own transaction.
 */
final class UploadTable {

    void insert(
            Transaction transaction, Actor owner, UploadId id, RepositoryName repository, DigestAlgorithm algorithm)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into upload_session (id, repository_name, owner, algorithm)
                select ?, ?, ?, ? from set_config('synchronous_commit', 'off', true)""")) {
            insert.setObject(1, id.value());
            insert.setString(2, repository.value());
            insert.setString(3, owner.subject());
            insert.setString(4, algorithm.id());
            insert.executeUpdate();
        }
    }

    Optional<UploadSession> find(Transaction transaction, UploadId id) {
        return Optional.ofNullable(transaction.session().get(UploadSession.class, id.value()));
    }

    /**
     * Acknowledges bytes. Whether the session still stood where {@code before} was: if not, another node went on with
     * it, or it is gone.
     */
    boolean advance(Transaction transaction, UploadId id, Progress before, Progress after) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update upload_session
                set size_bytes = ?, stage = ?, updated_at = now()
                from set_config('synchronous_commit', 'off', true)
                where id = ? and size_bytes = ? and stage is not distinct from ?""")) {
            update.setLong(1, after.sizeBytes());
            update.setString(2, after.stageName());
            update.setObject(3, id.value());
            update.setLong(4, before.sizeBytes());
            update.setString(5, before.stageName());
            return update.executeUpdate() == 1;
        }
    }

    /** Ends a session. Returns how far it had come, or empty if there was none. */
    Optional<Progress> delete(Transaction transaction, UploadId id) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from upload_session where id = ? returning size_bytes, stage""")) {
            delete.setObject(1, id.value());
            ResultSet row = delete.executeQuery();
            return row.next() ? Optional.of(Progress.of(row.getLong(1), row.getString(2))) : Optional.empty();
        }
    }

    /** Says of sessions that bytes come in, which otherwise shows only when a chunk is acknowledged. */
    void touch(Transaction transaction, Collection<UploadId> ids) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update upload_session
                set updated_at = now()
                from set_config('synchronous_commit', 'off', true)
                where id = any(?)""")) {
            update.setArray(1, array(transaction, "uuid", ids.stream().map(UploadId::value)));
            update.executeUpdate();
        }
    }

    int countUntouchedSince(Transaction transaction, Instant instant) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select count(*) from upload_session where updated_at < ?""")) {
            select.setObject(1, instant.atOffset(ZoneOffset.UTC));
            ResultSet row = select.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    /** Ends up to {@code limit} sessions, those of which nothing was heard for longest. Returns how far each had come. */
    List<Progress> deleteUntouchedSince(Transaction transaction, Instant instant, int limit) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from upload_session
                where id = any(array(
                    select id from upload_session
                    where updated_at < ?
                    order by updated_at
                    limit ?
                    for update skip locked))
                returning size_bytes, stage""")) {
            delete.setObject(1, instant.atOffset(ZoneOffset.UTC));
            delete.setInt(2, limit);
            ResultSet row = delete.executeQuery();
            List<Progress> ended = new ArrayList<>();
            while (row.next()) {
                ended.add(Progress.of(row.getLong(1), row.getString(2)));
            }
            return ended;
        }
    }

    /** Those stages that sessions need. */
    Set<StageId> stagesAmong(Transaction transaction, Collection<StageId> ids) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select stage from upload_session where stage = any(?)""")) {
            select.setArray(1, array(transaction, "text", ids.stream().map(StageId::value)));
            ResultSet row = select.executeQuery();
            Set<StageId> needed = new HashSet<>();
            while (row.next()) {
                needed.add(new StageId(row.getString(1)));
            }
            return needed;
        }
    }

    private static Array array(Transaction transaction, String type, Stream<?> values) throws SQLException {
        return transaction.connection().createArrayOf(type, values.toArray());
    }
}
