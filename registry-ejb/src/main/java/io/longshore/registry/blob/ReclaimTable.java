package io.longshore.registry.blob;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Digest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** SQL of table {@code blob_reclaim}. Times are those of the database, for all nodes. */
final class ReclaimTable {
    /** Nobody is still at it who began so long ago. */
    private static final String ABANDONED = "is_going and gone_at is null and since < now() - interval '1 hour'";

    /** @param goneAt when the bytes were gone; empty if they go now */
    record Going(Optional<OffsetDateTime> goneAt) {}

    /** Only those that are there: of one that has gone before, it must stay known when that was. */
    void offer(Transaction transaction, Collection<Digest> digests) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into blob_reclaim as known (digest)
                select digest from (select digest from blob where digest = any (?) order by digest for key share) lost
                on conflict (digest) do update
                    set since = now(), is_going = false, gone_at = null
                    where known.gone_at is not null""")) {
            upsert.setArray(1, transaction.connection().createArrayOf("bytea", Digests.toBytes(digests)));
            upsert.executeUpdate();
        }
    }

    /** Those that have been here for so long, the oldest first. */
    List<Digest> due(Transaction transaction, Duration grace, int limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select digest
                from blob_reclaim
                where gone_at is null
                  and (not is_going and since <= clock_timestamp() - make_interval(secs => ?) or %s)
                order by since
                limit ?""".formatted(ABANDONED))) {
            select.setDouble(1, grace.toMillis() / 1000.0);
            select.setInt(2, limit);
            ResultSet row = select.executeQuery();
            List<Digest> due = new ArrayList<>();
            while (row.next()) {
                due.add(Digests.fromBytes(row.getBytes(1)));
            }
            return due;
        }
    }

    /**
     * Takes a blob out of the database that belongs to no repository. In a transaction, statement by statement: only what
     * begins after the row is locked sees what the last one who had it locked wrote. The row of the blob comes first, as
     * where it is offered.
     *
     * @return whether its bytes are now the caller's to remove
     */
    boolean claim(Transaction transaction, Digest digest) throws SQLException {
        byte[] bytes = Digests.toBytes(digest);
        lockBlob(transaction, bytes);
        Optional<Boolean> isAbandoned = lock(transaction, bytes);
        if (isAbandoned.isEmpty()) {
            return false;
        }
        if (!isAbandoned.get() && !deleted(transaction, bytes)) {
            delete(transaction, bytes);
            return false;
        }
        try (PreparedStatement update = transaction.connection().prepareStatement(
                "update blob_reclaim set is_going = true, since = now() where digest = ?")) {
            update.setBytes(1, bytes);
            update.executeUpdate();
        }
        return true;
    }

    /** Whether somebody had begun with it and given up; empty if another is at it, or has been. */
    private static Optional<Boolean> lock(Transaction transaction, byte[] digest) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select is_going
                from blob_reclaim
                where digest = ? and (not is_going or %s)
                for update skip locked""".formatted(ABANDONED))) {
            select.setBytes(1, digest);
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(row.getBoolean(1)) : Optional.empty();
        }
    }

    private static void lockBlob(Transaction transaction, byte[] digest) throws SQLException {
        try (PreparedStatement lock =
                transaction.connection().prepareStatement("select from blob where digest = ? for update")) {
            lock.setBytes(1, digest);
            lock.execute();
        }
    }

    /** Whether there was a blob that belonged to no repository; it has no row any more. */
    private static boolean deleted(Transaction transaction, byte[] digest) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from blob b
                where digest = ? and not exists (select from link where blob_id = b.id)""")) {
            delete.setBytes(1, digest);
            return delete.executeUpdate() > 0;
        }
    }

    private static void delete(Transaction transaction, byte[] digest) throws SQLException {
        try (PreparedStatement delete =
                transaction.connection().prepareStatement("delete from blob_reclaim where digest = ?")) {
            delete.setBytes(1, digest);
            delete.executeUpdate();
        }
    }

    /** Says that the bytes are gone. */
    void gone(Transaction transaction, Digest digest) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update blob_reclaim set gone_at = clock_timestamp() where digest = ? and is_going and gone_at is null""")) {
            update.setBytes(1, Digests.toBytes(digest));
            update.executeUpdate();
        }
    }

    /** Whether the bytes go, or have gone lately. */
    Optional<Going> find(Transaction transaction, Digest digest) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select gone_at from blob_reclaim where digest = ? and is_going")) {
            select.setBytes(1, Digests.toBytes(digest));
            ResultSet row = select.executeQuery();
            return row.next()
                    ? Optional.of(new Going(Optional.ofNullable(row.getObject(1, OffsetDateTime.class))))
                    : Optional.empty();
        }
    }

    /** Forgets those that were gone so long ago that nobody can still be pushing what was there before. */
    void forget(Transaction transaction) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from blob_reclaim where gone_at < now() - interval '1 day'")) {
            delete.executeUpdate();
        }
    }
}
