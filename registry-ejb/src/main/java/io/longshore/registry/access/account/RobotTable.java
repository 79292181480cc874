package io.longshore.registry.access.account;

import io.longshore.registry.database.Columns;
import io.longshore.registry.database.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL of table {@code robot}. */
final class RobotTable {
    private static final String COLUMNS =
            "name, description, expires_at, disabled, created_by, created_at, last_used_at";

    /** What a login needs to know. */
    record Login(String name, byte[] secretHash, boolean disabled, Optional<Instant> expiresAt) {}

    /** Whether there was none of this name. */
    boolean insert(Transaction transaction, AccountName name, RobotProfile profile, AccessKey key, String createdBy)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into robot (name, description, expires_at, disabled, key_id, secret_hash, created_by)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (name) do nothing""")) {
            insert.setString(1, name.value());
            insert.setString(2, profile.description().orElse(null));
            Columns.setInstant(insert, 3, profile.expiresAt());
            insert.setBoolean(4, profile.disabled());
            insert.setString(5, key.id());
            insert.setBytes(6, key.hash());
            insert.setString(7, createdBy);
            return insert.executeUpdate() == 1;
        }
    }

    Optional<Robot> find(Transaction transaction, AccountName name) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from robot where name = ?")) {
            select.setString(1, name.value());
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(robot(row)) : Optional.empty();
        }
    }

    List<Robot> after(Transaction transaction, String last, long limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from robot where name > ? order by name limit ?")) {
            select.setString(1, last);
            select.setLong(2, limit);
            ResultSet row = select.executeQuery();
            List<Robot> found = new ArrayList<>();
            while (row.next()) {
                found.add(robot(row));
            }
            return found;
        }
    }

    Optional<Login> login(Transaction transaction, String keyId) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select name, secret_hash, disabled, expires_at from robot where key_id = ?")) {
            select.setString(1, keyId);
            ResultSet row = select.executeQuery();
            return row.next()
                    ? Optional.of(new Login(
                            row.getString(1), row.getBytes(2), row.getBoolean(3), Columns.instant(row, 4)))
                    : Optional.empty();
        }
    }

    boolean update(Transaction transaction, AccountName name, RobotProfile profile) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement(
                "update robot set description = ?, expires_at = ?, disabled = ? where name = ?")) {
            update.setString(1, profile.description().orElse(null));
            Columns.setInstant(update, 2, profile.expiresAt());
            update.setBoolean(3, profile.disabled());
            update.setString(4, name.value());
            return update.executeUpdate() == 1;
        }
    }

    /** In place of the secret that it had. */
    boolean setKey(Transaction transaction, AccountName name, AccessKey key) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement(
                "update robot set key_id = ?, secret_hash = ? where name = ?")) {
            update.setString(1, key.id());
            update.setBytes(2, key.hash());
            update.setString(3, name.value());
            return update.executeUpdate() == 1;
        }
    }

    boolean delete(Transaction transaction, AccountName name) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from robot where name = ?")) {
            delete.setString(1, name.value());
            return delete.executeUpdate() == 1;
        }
    }

    private static Robot robot(ResultSet row) throws SQLException {
        return new Robot(
                new AccountName(row.getString(1)),
                new RobotProfile(
                        Optional.ofNullable(row.getString(2)), Columns.instant(row, 3), row.getBoolean(4)),
                row.getString(5),
                Columns.instant(row, 6).orElseThrow(),
                Columns.instant(row, 7));
    }
}
