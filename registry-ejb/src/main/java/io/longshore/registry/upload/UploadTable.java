package io.longshore.registry.upload;

import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RepositoryName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * SQL of table {@code upload_session}. A client whose session is lost in a power failure starts again and has lost no
 * blob, so sessions do not wait for the disk: {@code set_config(…, true)} says so for the statement's own transaction.
 */
final class UploadTable {

    void insert(Transaction transaction, UploadId id, RepositoryName repository, DigestAlgorithm algorithm)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into upload_session (id, repository_name, algorithm)
                select ?, ?, ? from set_config('synchronous_commit', 'off', true)""")) {
            insert.setObject(1, id.value());
            insert.setString(2, repository.value());
            insert.setString(3, algorithm.id());
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

    /** Ends a session that still stands where {@code before} was, and says whether it did. */
    boolean deleteAt(Transaction transaction, UploadId id, Progress before) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from upload_session where id = ? and size_bytes = ? and stage is not distinct from ?""")) {
            delete.setObject(1, id.value());
            delete.setLong(2, before.sizeBytes());
            delete.setString(3, before.stageName());
            return delete.executeUpdate() == 1;
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
}
