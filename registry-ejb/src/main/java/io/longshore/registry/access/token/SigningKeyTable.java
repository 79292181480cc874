package io.longshore.registry.access.token;

import io.longshore.registry.database.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL of table {@code signing_key}. */
final class SigningKeyTable {

    /** Lets one transaction at a time decide on keys; the others wait for its end. Reading needs no lock. */
    void lock(Transaction transaction) throws SQLException {
        try (PreparedStatement lock = transaction.connection().prepareStatement("""
                lock table signing_key in share row exclusive mode""")) {
            lock.execute();
        }
    }

    /** All keys, in the order in which they sign. */
    List<KeyRow> all(Transaction transaction) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select kid, public_key, private_key, secret_id, signs_from, signs_until, longest_token_seconds
                from signing_key
                order by signs_from, kid""")) {
            ResultSet row = select.executeQuery();
            List<KeyRow> keys = new ArrayList<>();
            while (row.next()) {
                keys.add(new KeyRow(
                        row.getString(1),
                        row.getString(2),
                        Optional.ofNullable(row.getString(3)),
                        Optional.ofNullable(row.getString(4)),
                        row.getObject(5, OffsetDateTime.class).toInstant(),
                        row.getObject(6, OffsetDateTime.class).toInstant(),
                        Duration.ofSeconds(row.getLong(7))));
            }
            return keys;
        }
    }

    void insert(Transaction transaction, KeyRow key) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into signing_key
                    (kid, public_key, private_key, secret_id, signs_from, signs_until, longest_token_seconds)
                values (?, ?, ?, ?, ?, ?, ?)""")) {
            insert.setString(1, key.kid());
            insert.setString(2, key.publicKey());
            insert.setString(3, key.privateKey().orElse(null));
            insert.setString(4, key.secretId().orElse(null));
            insert.setObject(5, utc(key.from()));
            insert.setObject(6, utc(key.until()));
            insert.setLong(7, key.longestToken().toSeconds());
            insert.executeUpdate();
        }
    }

    void setWindow(Transaction transaction, String kid, KeySchedule.Window window) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update signing_key set signs_from = ?, signs_until = ? where kid = ?""")) {
            update.setObject(1, utc(window.from()));
            update.setObject(2, utc(window.until()));
            update.setString(3, kid);
            update.executeUpdate();
        }
    }

    void setLongestToken(Transaction transaction, String kid, Duration lifetime) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update signing_key set longest_token_seconds = greatest(longest_token_seconds, ?) where kid = ?""")) {
            update.setLong(1, lifetime.toSeconds());
            update.setString(2, kid);
            update.executeUpdate();
        }
    }

    void forgetPrivateKey(Transaction transaction, String kid) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update signing_key set private_key = null where kid = ?""")) {
            update.setString(1, kid);
            update.executeUpdate();
        }
    }

    /** Whether there was one. */
    boolean delete(Transaction transaction, String kid) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from signing_key where kid = ?""")) {
            delete.setString(1, kid);
            return delete.executeUpdate() == 1;
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
