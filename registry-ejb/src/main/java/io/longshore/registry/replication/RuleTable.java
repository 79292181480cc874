package io.longshore.registry.replication;

import io.longshore.registry.database.Columns;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Platform;
import io.longshore.registry.model.RepositoryPattern;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** SQL of table {@code replication_rule}. */
final class RuleTable {
    private static final String SETTINGS = """
            direction, enabled, registry, plain, insecure, authorities, secrets, repositories, repository_regexes,
            strip_prefix, add_prefix, tags, versions, newest, platforms, artifact_types, referrers, deletes, schedule,
            time_zone, on_event, next_at, parallel, bytes_per_second""";
    private static final int SETTINGS_COUNT = 24;
    private static final String PLACES = "?" + ", ?".repeat(SETTINGS_COUNT - 1);

    List<StoredRule> all(Transaction transaction) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select * from replication_rule order by name")) {
            return rules(select);
        }
    }

    Optional<StoredRule> find(Transaction transaction, String name) throws SQLException {
        return find(transaction, name, "");
    }

    /** As {@link #find}; nobody else changes it, or what is done for it, before the end of the transaction. */
    Optional<StoredRule> lock(Transaction transaction, String name) throws SQLException {
        return find(transaction, name, " for no key update");
    }

    private static Optional<StoredRule> find(Transaction transaction, String name, String lock) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select * from replication_rule where name = ?" + lock)) {
            select.setString(1, name);
            return rules(select).stream().findFirst();
        }
    }

    /** Whether there is one; nobody else does anything about it before the end of the transaction. */
    boolean lock(Transaction transaction, long id) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select from replication_rule where id = ? for no key update")) {
            select.setLong(1, id);
            return select.executeQuery().next();
        }
    }

    /** Those for which something is being done. */
    List<StoredRule> withRuns(Transaction transaction) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select * from replication_rule
                where id in (select rule_id from replication_run where state = 'running')
                order by id""")) {
            return rules(select);
        }
    }

    /** Those that wait for what happens. */
    List<StoredRule> onEvent(Transaction transaction) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select * from replication_rule where enabled and on_event order by id")) {
            return rules(select);
        }
    }

    /** Those whose schedule says that it is time. */
    List<StoredRule> due(Transaction transaction) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select * from replication_rule where enabled and next_at <= now() order by id")) {
            return rules(select);
        }
    }

    /** Says when it is time again, if nobody else has said so before. */
    boolean setNext(Transaction transaction, StoredRule rule, Optional<Instant> next) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement(
                "update replication_rule set next_at = ? where id = ? and next_at = ?")) {
            Columns.setInstant(update, 1, next);
            update.setLong(2, rule.id());
            Columns.setInstant(update, 3, rule.nextAt());
            return update.executeUpdate() == 1;
        }
    }

    /** Whether there is any. */
    boolean any(Transaction transaction) throws SQLException {
        try (PreparedStatement select =
                transaction.connection().prepareStatement("select exists (select from replication_rule)")) {
            ResultSet row = select.executeQuery();
            row.next();
            return row.getBoolean(1);
        }
    }

    /** False if there is one of this name. */
    boolean insert(
            Transaction transaction, ReplicationRule rule, Optional<String> secrets, Optional<Instant> next, String by)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement(
                "insert into replication_rule (" + SETTINGS + ", name, created_by) values (" + PLACES
                        + ", ?, ?) on conflict (name) do nothing")) {
            int after = set(insert, rule, secrets, next);
            insert.setString(after, rule.name());
            insert.setString(after + 1, by);
            return insert.executeUpdate() == 1;
        }
    }

    void update(Transaction transaction, ReplicationRule rule, Optional<String> secrets, Optional<Instant> next)
            throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement(
                "update replication_rule set (" + SETTINGS + ") = (" + PLACES + ") where name = ?")) {
            int after = set(update, rule, secrets, next);
            update.setString(after, rule.name());
            update.executeUpdate();
        }
    }

    boolean delete(Transaction transaction, String name) throws SQLException {
        try (PreparedStatement delete =
                transaction.connection().prepareStatement("delete from replication_rule where name = ?")) {
            delete.setString(1, name);
            return delete.executeUpdate() == 1;
        }
    }

    /** Sets the first parameters, and returns the number of the one after them. */
    private static int set(
            PreparedStatement statement, ReplicationRule rule, Optional<String> secrets, Optional<Instant> next)
            throws SQLException {
        Remote remote = rule.remote();
        Selection selection = rule.selection();
        statement.setString(1, rule.direction().word());
        statement.setBoolean(2, rule.enabled());
        statement.setString(3, remote.registry());
        statement.setBoolean(4, remote.plain());
        statement.setBoolean(5, remote.insecure());
        statement.setString(6, remote.authorities().orElse(null));
        statement.setString(7, secrets.orElse(null));
        setTexts(statement, 8, selection.repositories().stream().map(RepositoryPattern::value));
        setTexts(statement, 9, selection.repositories().stream().map(RepositoryPattern::toRegex));
        statement.setString(10, rule.mapping().strip());
        statement.setString(11, rule.mapping().add());
        setTexts(statement, 12, selection.tags().stream().map(TagPattern::value));
        statement.setString(13, selection.versions().map(VersionRange::toString).orElse(null));
        statement.setObject(14, selection.newest().isPresent() ? selection.newest().getAsInt() : null);
        setTexts(statement, 15, selection.platforms().stream().map(Platform::toString));
        setTexts(statement, 16, selection.artifactTypes().stream().sorted());
        statement.setBoolean(17, selection.referrers());
        statement.setBoolean(18, rule.deletes());
        statement.setString(19, rule.timetable().map(Timetable::cron).orElse(null));
        statement.setString(20, rule.timetable().map(table -> table.zone().getId()).orElse(null));
        statement.setBoolean(21, rule.onEvent());
        Columns.setInstant(statement, 22, next);
        statement.setInt(23, rule.limits().parallel());
        OptionalLong bytes = rule.limits().bytesPerSecond();
        statement.setObject(SETTINGS_COUNT, bytes.isPresent() ? bytes.getAsLong() : null);
        return SETTINGS_COUNT + 1;
    }

    private static void setTexts(PreparedStatement statement, int parameter, Stream<String> texts)
            throws SQLException {
        Connection connection = statement.getConnection();
        statement.setArray(parameter, connection.createArrayOf("text", texts.toArray()));
    }

    private static List<StoredRule> rules(PreparedStatement select) throws SQLException {
        ResultSet row = select.executeQuery();
        List<StoredRule> rules = new ArrayList<>();
        while (row.next()) {
            rules.add(read(row));
        }
        return rules;
    }

    private static StoredRule read(ResultSet row) throws SQLException {
        return new StoredRule(
                row.getLong("id"),
                new ReplicationRule(
                        row.getString("name"), Direction.of(row.getString("direction")), row.getBoolean("enabled"),
                        new Remote(
                                row.getString("registry"), row.getBoolean("plain"), row.getBoolean("insecure"),
                                text(row, "authorities"),
                                Optional.empty()),
                        selection(row), new Mapping(row.getString("strip_prefix"), row.getString("add_prefix")),
                        row.getBoolean("deletes"), timetable(row), row.getBoolean("on_event"), limits(row)),
                text(row, "secrets"),
                new StoredRule.Made(
                        row.getString("created_by"), row.getObject("created_at", OffsetDateTime.class).toInstant()),
                Optional.ofNullable(row.getObject("next_at", OffsetDateTime.class)).map(OffsetDateTime::toInstant));
    }

    private static Selection selection(ResultSet row) throws SQLException {
        Integer newest = row.getObject("newest", Integer.class);
        return new Selection(
                texts(row, "repositories").stream().map(RepositoryPattern::parse).toList(),
                texts(row, "tags").stream().map(TagPattern::new).toList(),
                text(row, "versions").map(VersionRange::parse),
                newest == null ? OptionalInt.empty() : OptionalInt.of(newest),
                texts(row, "platforms").stream().map(Platform::parse).toList(),
                Set.copyOf(texts(row, "artifact_types")),
                row.getBoolean("referrers"));
    }

    private static Optional<Timetable> timetable(ResultSet row) throws SQLException {
        String zone = row.getString("time_zone");
        return text(row, "schedule").map(cron -> new Timetable(cron, ZoneId.of(zone)));
    }

    private static Limits limits(ResultSet row) throws SQLException {
        Long bytes = row.getObject("bytes_per_second", Long.class);
        return new Limits(
                row.getInt("parallel"), bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes));
    }

    private static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
