package io.longshore.registry.access.rule;

import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** SQL of table {@code access_rule}. */
final class RuleTable {
    private static final String COLUMNS =
            "id, subject_kind, subject_name, repositories, actions, created_by, created_at";

    List<StoredRule> all(Transaction transaction) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from access_rule order by id")) {
            return read(select.executeQuery());
        }
    }

    List<StoredRule> after(Transaction transaction, long last, int limit) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from access_rule where id > ? order by id limit ?")) {
            select.setLong(1, last);
            select.setInt(2, limit);
            return read(select.executeQuery());
        }
    }

    Optional<StoredRule> find(Transaction transaction, long id) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from access_rule where id = ?")) {
            select.setLong(1, id);
            return read(select.executeQuery()).stream().findFirst();
        }
    }

    /** Empty if there is a rule for the same subject and pattern. */
    Optional<StoredRule> insert(Transaction transaction, Rule rule, String createdBy) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into access_rule (subject_kind, subject_name, repositories, actions, created_by)
                values (?, ?, ?, ?, ?)
                on conflict do nothing
                returning\s""" + COLUMNS)) {
            setRule(transaction, insert, rule);
            insert.setString(5, createdBy);
            return read(insert.executeQuery()).stream().findFirst();
        }
    }

    /** Empty if there is no such rule. */
    Optional<StoredRule> update(Transaction transaction, long id, Rule rule) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update access_rule
                set subject_kind = ?, subject_name = ?, repositories = ?, actions = ?
                where id = ?
                returning\s""" + COLUMNS)) {
            setRule(transaction, update, rule);
            update.setLong(5, id);
            return read(update.executeQuery()).stream().findFirst();
        }
    }

    Optional<StoredRule> delete(Transaction transaction, long id) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from access_rule where id = ? returning " + COLUMNS)) {
            delete.setLong(1, id);
            return read(delete.executeQuery()).stream().findFirst();
        }
    }

    List<StoredRule> deleteOf(Transaction transaction, Subject subject) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from access_rule where subject_kind = ? and subject_name = ? returning " + COLUMNS)) {
            delete.setString(1, subject.kind().word());
            delete.setString(2, subject.name());
            return read(delete.executeQuery());
        }
    }

    private static void setRule(Transaction transaction, PreparedStatement statement, Rule rule) throws SQLException {
        statement.setString(1, rule.subject().kind().word());
        statement.setString(2, rule.subject().name());
        statement.setString(3, rule.grant().repositories().value());
        Object[] words = rule.grant().actions().stream().sorted().map(Action::word).toArray();
        statement.setArray(4, transaction.connection().createArrayOf("text", words));
    }

    private static List<StoredRule> read(ResultSet rows) throws SQLException {
        List<StoredRule> rules = new ArrayList<>();
        while (rows.next()) {
            Subject subject = new Subject(
                    Subject.Kind.valueOf(rows.getString(2).toUpperCase(Locale.ROOT)), rows.getString(3));
            Grant grant = new Grant(
                    RepositoryPattern.parse(rows.getString(4)),
                    Stream.of((String[]) rows.getArray(5).getArray())
                            .map(word -> Action.of(word).orElseThrow())
                            .collect(Collectors.toSet()));
            rules.add(new StoredRule(
                    rows.getLong(1), new Rule(subject, grant), rows.getString(6),
                    rows.getObject(7, OffsetDateTime.class).toInstant()));
        }
        return rules;
    }
}
