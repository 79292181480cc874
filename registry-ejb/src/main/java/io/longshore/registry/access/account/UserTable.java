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
import java.util.Set;

/** SQL of table {@code account}. */
final class UserTable {
    private static final String COLUMNS = """
            name, email, description, disabled, created_at, password_set_at, last_login_at,
            array(select g.name
                  from account_group_member m
                  join account_group g on g.id = m.group_id
                  where m.account_id = account.id
                  order by g.name)""";

    /**
     * What a login needs to know.
     *
     * @param passwordSetAt tells one password from the next
     */
    record Login(String passwordHash, Instant passwordSetAt, boolean disabled, Set<String> groups) {}

    /** Whether there was none of this name. */
    boolean insert(Transaction transaction, AccountName name, String passwordHash, UserProfile profile)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into account (name, password_hash, email, description, disabled)
                values (?, ?, ?, ?, ?)
                on conflict (name) do nothing""")) {
            insert.setString(1, name.value());
            insert.setString(2, passwordHash);
            insert.setString(3, profile.email().orElse(null));
            insert.setString(4, profile.description().orElse(null));
            insert.setBoolean(5, profile.disabled());
            return insert.executeUpdate() == 1;
        }
    }

    /** Whether there were no users at all. Of several that insert the same name at the same time, one does. */
    boolean insertFirst(Transaction transaction, AccountName name, String passwordHash) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into account (name, password_hash)
                select ?, ?
                where not exists (select from account)
                on conflict (name) do nothing""")) {
            insert.setString(1, name.value());
            insert.setString(2, passwordHash);
            return insert.executeUpdate() == 1;
        }
    }

    boolean isEmpty(Transaction transaction) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("select from account limit 1")) {
            return !select.executeQuery().next();
        }
    }

    Optional<User> find(Transaction transaction, AccountName name) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from account where name = ?")) {
            select.setString(1, name.value());
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(user(row)) : Optional.empty();
        }
    }

    List<User> after(Transaction transaction, String last, long limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from account where name > ? order by name limit ?")) {
            select.setString(1, last);
            select.setLong(2, limit);
            ResultSet row = select.executeQuery();
            List<User> found = new ArrayList<>();
            while (row.next()) {
                found.add(user(row));
            }
            return found;
        }
    }

    Optional<Login> login(Transaction transaction, String name) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select password_hash, password_set_at, disabled,
                       array(select g.name
                             from account_group_member m
                             join account_group g on g.id = m.group_id
                             where m.account_id = account.id)
                from account
                where name = ?""")) {
            select.setString(1, name);
            ResultSet row = select.executeQuery();
            return row.next()
                    ? Optional.of(new Login(
                            row.getString(1), Columns.instant(row, 2).orElseThrow(), row.getBoolean(3),
                            Set.copyOf(Columns.texts(row, 4))))
                    : Optional.empty();
        }
    }

    /**
     * Whether a user is there, is not disabled, and has the password that was set then. If so, that stays so until the
     * end of the transaction.
     */
    boolean holdUnchanged(Transaction transaction, String name, Instant passwordSetAt) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select from account
                where name = ? and password_set_at = ? and not disabled
                for share""")) {
            select.setString(1, name);
            Columns.setInstant(select, 2, Optional.of(passwordSetAt));
            return select.executeQuery().next();
        }
    }

    boolean update(Transaction transaction, AccountName name, UserProfile profile) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update account set email = ?, description = ?, disabled = ? where name = ?""")) {
            update.setString(1, profile.email().orElse(null));
            update.setString(2, profile.description().orElse(null));
            update.setBoolean(3, profile.disabled());
            update.setString(4, name.value());
            return update.executeUpdate() == 1;
        }
    }

    boolean setPassword(Transaction transaction, AccountName name, String passwordHash) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update account set password_hash = ?, password_set_at = now() where name = ?""")) {
            update.setString(1, passwordHash);
            update.setString(2, name.value());
            return update.executeUpdate() == 1;
        }
    }

    /** Whether the password was still the one whose hash is {@code before}. */
    boolean changePassword(Transaction transaction, AccountName name, String before, String after)
            throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update account
                set password_hash = ?, password_set_at = now()
                where name = ? and password_hash = ?""")) {
            update.setString(1, after);
            update.setString(2, name.value());
            update.setString(3, before);
            return update.executeUpdate() == 1;
        }
    }

    boolean delete(Transaction transaction, AccountName name) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from account where name = ?")) {
            delete.setString(1, name.value());
            return delete.executeUpdate() == 1;
        }
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                new AccountName(row.getString(1)),
                new UserProfile(
                        Optional.ofNullable(row.getString(2)),
                        Optional.ofNullable(row.getString(3)),
                        row.getBoolean(4)),
                Columns.texts(row, 8),
                Columns.instant(row, 5).orElseThrow(),
                Columns.instant(row, 6).orElseThrow(),
                Columns.instant(row, 7));
    }
}
