package io.longshore.registry.access.token;

import io.longshore.registry.access.Identity;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.permission.Subject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/** SQL of table {@code refresh_token}. */
final class RefreshTokenTable {

    /** Who got a refresh token, as the subject was then, and when it was used last. */
    record Found(Identity identity, Instant usedAt) {}

    void insert(Transaction transaction, byte[] hash, Identity identity, String client, Instant now)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into refresh_token
                    (hash, subject, source, credential, groups, limits, client, created_at, used_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setBytes(1, hash);
            insert.setString(2, identity.subject().toString());
            insert.setString(3, identity.source());
            insert.setString(4, identity.credential());
            // Of others no rule can speak.
            Object[] groups = identity.groups().stream().filter(Subject::isName).toArray();
            insert.setArray(5, transaction.connection().createArrayOf("text", groups));
            insert.setString(6, identity.limits().map(IdentityClaims::text).orElse(null));
            insert.setString(7, client);
            insert.setObject(8, utc(now));
            insert.setObject(9, utc(now));
            insert.executeUpdate();
        }
    }

    /** Deletes of a subject's tokens all but those used last: so many of each client, and so many in all. */
    void deleteSurplus(Transaction transaction, Subject subject, int ofClient, int ofAll) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from refresh_token
                where hash = any(array(
                    select hash
                    from (select hash,
                                 row_number() over (partition by client order by used_at desc, created_at desc, hash)
                                     as of_client,
                                 row_number() over (order by used_at desc, created_at desc, hash) as of_all
                          from refresh_token
                          where subject = ?) as ranked
                    where of_client > ? or of_all > ?))""")) {
            delete.setString(1, subject.toString());
            delete.setInt(2, ofClient);
            delete.setInt(3, ofAll);
            delete.executeUpdate();
        }
    }

    /** {@code usedAfter} is exclusive. */
    Optional<Found> find(Transaction transaction, byte[] hash, Instant usedAfter) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select subject, source, credential, groups, limits, used_at
                from refresh_token
                where hash = ? and used_at > ?""")) {
            select.setBytes(1, hash);
            select.setObject(2, utc(usedAfter));
            ResultSet row = select.executeQuery();
            if (!row.next()) {
                return Optional.empty();
            }
            Identity identity = new Identity(
                    Subject.parse(row.getString(1)),
                    Set.of((String[]) row.getArray(4).getArray()),
                    row.getString(2),
                    row.getString(3),
                    Optional.ofNullable(row.getString(5)).map(IdentityClaims::grants));
            return Optional.of(new Found(identity, row.getObject(6, OffsetDateTime.class).toInstant()));
        }
    }

    /** Does not wait for the disk: what is lost in a power failure is when a token was used last. */
    void touch(Transaction transaction, byte[] hash, Instant now) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update refresh_token
                set used_at = ?
                from set_config('synchronous_commit', 'off', true)
                where hash = ?""")) {
            update.setObject(1, utc(now));
            update.setBytes(2, hash);
            update.executeUpdate();
        }
    }

    void delete(Transaction transaction, byte[] hash) throws SQLException {
        try (PreparedStatement delete =
                transaction.connection().prepareStatement("delete from refresh_token where hash = ?")) {
            delete.setBytes(1, hash);
            delete.executeUpdate();
        }
    }

    /** How many there were. */
    int deleteOf(Transaction transaction, Subject subject) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from refresh_token where subject = ?""")) {
            delete.setString(1, subject.toString());
            return delete.executeUpdate();
        }
    }

    /** How many there were. {@code usedAfter} is exclusive. */
    int deleteUnused(Transaction transaction, Instant usedAfter) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from refresh_token where used_at <= ?""")) {
            delete.setObject(1, utc(usedAfter));
            return delete.executeUpdate();
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
