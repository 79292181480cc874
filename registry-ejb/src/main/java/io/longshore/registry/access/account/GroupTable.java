package io.longshore.registry.access.account;

import io.longshore.registry.database.Columns;
import io.longshore.registry.database.Transaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL of tables {@code account_group} and {@code account_group_member}. */
final class GroupTable {
    private static final String COLUMNS = """
            name, description, created_at,
            (select count(*) from account_group_member m where m.group_id = account_group.id)""";

    /** Whether there was none of this name. */
    boolean insert(Transaction transaction, AccountName name, Optional<String> description) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into account_group (name, description) values (?, ?) on conflict (name) do nothing""")) {
            insert.setString(1, name.value());
            insert.setString(2, description.orElse(null));
            return insert.executeUpdate() == 1;
        }
    }

    Optional<Group> find(Transaction transaction, AccountName name) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from account_group where name = ?")) {
            select.setString(1, name.value());
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(group(row)) : Optional.empty();
        }
    }

    List<Group> after(Transaction transaction, String last, long limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from account_group where name > ? order by name limit ?")) {
            select.setString(1, last);
            select.setLong(2, limit);
            ResultSet row = select.executeQuery();
            List<Group> found = new ArrayList<>();
            while (row.next()) {
                found.add(group(row));
            }
            return found;
        }
    }

    boolean update(Transaction transaction, AccountName name, Optional<String> description) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement(
                "update account_group set description = ? where name = ?")) {
            update.setString(1, description.orElse(null));
            update.setString(2, name.value());
            return update.executeUpdate() == 1;
        }
    }

    boolean delete(Transaction transaction, AccountName name) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from account_group where name = ?")) {
            delete.setString(1, name.value());
            return delete.executeUpdate() == 1;
        }
    }

    List<AccountName> membersAfter(Transaction transaction, AccountName group, String last, long limit)
            throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select a.name
                from account_group g
                join account_group_member m on m.group_id = g.id
                join account a on a.id = m.account_id
                where g.name = ? and a.name > ?
                order by a.name
                limit ?""")) {
            select.setString(1, group.value());
            select.setString(2, last);
            select.setLong(3, limit);
            ResultSet row = select.executeQuery();
            List<AccountName> found = new ArrayList<>();
            while (row.next()) {
                found.add(new AccountName(row.getString(1)));
            }
            return found;
        }
    }

    /** Whether it was none yet; false as well if there is no such group or user. */
    boolean addMember(Transaction transaction, AccountName group, AccountName user) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into account_group_member (group_id, account_id)
                select g.id, a.id from account_group g, account a where g.name = ? and a.name = ?
                on conflict do nothing""")) {
            insert.setString(1, group.value());
            insert.setString(2, user.value());
            return insert.executeUpdate() == 1;
        }
    }

    boolean removeMember(Transaction transaction, AccountName group, AccountName user) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement("""
                delete from account_group_member m
                using account_group g, account a
                where m.group_id = g.id and m.account_id = a.id and g.name = ? and a.name = ?""")) {
            delete.setString(1, group.value());
            delete.setString(2, user.value());
            return delete.executeUpdate() == 1;
        }
    }

    private static Group group(ResultSet row) throws SQLException {
        return new Group(
                new AccountName(row.getString(1)),
                Optional.ofNullable(row.getString(2)),
                Columns.instant(row, 3).orElseThrow(),
                row.getInt(4));
    }
}
