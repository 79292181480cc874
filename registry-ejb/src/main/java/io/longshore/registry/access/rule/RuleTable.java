package io.longshore.registry.access.rule;

import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SQL of table {@code access_rule}. A row that is no rule, which somebody has written by hand, is logged and left out:
 * rules only give, and nobody loses anything by it but what it was to give.
 */
final class RuleTable {
    private static final System.Logger LOG = System.getLogger(RuleTable.class.getName());
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
            List<StoredRule> rules = new ArrayList<>();
            long from = last;
            boolean more = true;
            while (more && rules.size() < limit) {
                int wanted = limit - rules.size();
                select.setLong(1, from);
                select.setInt(2, wanted);
                ResultSet rows = select.executeQuery();
                int seen = 0;
                for (; rows.next(); seen++) {
                    from = rows.getLong(1);
                    rule(rows).ifPresent(rules::add);
                }
                more = seen == wanted;
            }
            return rules;
        }
    }

    Optional<StoredRule> find(Transaction transaction, long id) throws SQLException {
        return find(transaction, id, "");
    }

    /** As {@link #find}; nobody else changes it before the end of the transaction. */
    Optional<StoredRule> hold(Transaction transaction, long id) throws SQLException {
        return find(transaction, id, " for update");
    }

    private static Optional<StoredRule> find(Transaction transaction, long id, String lock) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from access_rule where id = ?" + lock)) {
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
            rule(rows).ifPresent(rules::add);
        }
        return rules;
    }

    private static Optional<StoredRule> rule(ResultSet row) throws SQLException {
        try {
            Subject subject = new Subject(
                    Subject.Kind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)), row.getString(3));
            Grant grant = new Grant(RepositoryPattern.parse(row.getString(4)), actions(row.getArray(5).getArray()));
            return Optional.of(new StoredRule(
                    row.getLong(1), new Rule(subject, grant), row.getString(6),
                    row.getObject(7, OffsetDateTime.class).toInstant()));
        } catch (IllegalArgumentException | RegistryException.Invalid e) {
            LOG.log(Level.ERROR, "the rule with the id {0} in the table access_rule is none and gives nothing: {1}",
                    Long.toString(row.getLong(1)), e.getMessage());
            return Optional.empty();
        }
    }

    private static Set<Action> actions(Object array) {
        if (!(array instanceof String[] words)) {
            throw new IllegalArgumentException("expected a list of actions, and no list of lists");
        }
        return Stream.of(words)
                .map(word -> Action.of(word).orElseThrow(() -> new IllegalArgumentException("no action: " + word)))
                .collect(Collectors.toSet());
    }
}
