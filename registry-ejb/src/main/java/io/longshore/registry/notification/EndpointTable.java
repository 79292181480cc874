package io.longshore.registry.notification;

import io.longshore.registry.audit.Via;
import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** SQL of table {@code webhook_endpoint} and view {@code webhook_status}. */
final class EndpointTable {
    private static final String COLUMNS = """
            id, name, configured, state, actions, ignored_media_types, repositories, url, format, timeout_ms, threshold,
            backoff_ms, longest_backoff_ms, give_up_ms, batch_size, include_references, authorities, proxy, secrets,
            created_by, created_at, received, failed, given_up, last_at, last_status, last_latency_ms, urged_at""";

    /** A node counts until it has stopped, or has been forgotten because it was silent for long. */
    private static final String ABANDONED = """
            configured and state <> 'off'
            and not exists (select from webhook_node n where name = any (n.endpoints))""";

    /** What happens from now on has higher numbers, and nothing that happened until now. */
    private static final String LAST_EVENT =
            "(select case when is_called then last_value else 0 end from webhook_event_id_seq)";

    /**
     * A row.
     *
     * @param endpoint without headers and keys; empty if the configuration has it
     * @param secrets those, sealed; empty if the configuration has them
     * @param urgedAt when somebody last asked that it be tried at once
     */
    record Row(
            long id, String name, EndpointState state, EndpointConfig.Filter filter, Optional<Endpoint> endpoint,
            Optional<String> secrets, EndpointStatus.Made made, EndpointStatus.Attempts attempts,
            Optional<Instant> urgedAt) {}

    List<Row> all(Transaction transaction) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from webhook_endpoint order by name")) {
            ResultSet row = select.executeQuery();
            List<Row> all = new ArrayList<>();
            while (row.next()) {
                all.add(read(row));
            }
            return all;
        }
    }

    /** What there is to do for an endpoint, and what was given up. */
    record Counted(Row row, long pending, Optional<Instant> oldest, long deadLetters) {}

    Optional<Row> find(Transaction transaction, String name) throws SQLException {
        return find(transaction, name, "");
    }

    /** As {@link #find}; nobody else changes it before the end of the transaction. */
    Optional<Row> lock(Transaction transaction, String name) throws SQLException {
        return find(transaction, name, " for no key update");
    }

    private static Optional<Row> find(Transaction transaction, String name, String lock) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select " + COLUMNS + " from webhook_endpoint where name = ?" + lock)) {
            select.setString(1, name);
            ResultSet row = select.executeQuery();
            return row.next() ? Optional.of(read(row)) : Optional.empty();
        }
    }

    /** How they are doing; all, or the one of this name. */
    List<Counted> counted(Transaction transaction, Optional<String> name) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select w.*, s.pending, s.pending_since, s.dead_letters
                from webhook_endpoint w
                join webhook_status s using (id)
                where w.name = coalesce(?, w.name)
                order by w.name""")) {
            select.setString(1, name.orElse(null));
            ResultSet row = select.executeQuery();
            List<Counted> found = new ArrayList<>();
            while (row.next()) {
                found.add(new Counted(
                        read(row), row.getLong("pending"), time(row, "pending_since"), row.getLong("dead_letters")));
            }
            return found;
        }
    }

    private static Row read(ResultSet row) throws SQLException {
        EndpointConfig.Filter filter = new EndpointConfig.Filter(
                actions(texts(row, "actions")), Set.of(texts(row, "ignored_media_types")),
                Stream.of(texts(row, "repositories")).map(RepositoryPattern::parse).toList());
        boolean configured = row.getBoolean("configured");
        return new Row(
                row.getLong("id"), row.getString("name"), EndpointState.of(row.getString("state")), filter,
                configured ? Optional.empty() : Optional.of(endpoint(row, filter)),
                Optional.ofNullable(row.getString("secrets")),
                new EndpointStatus.Made(
                        configured, row.getString("created_by"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()),
                attempts(row), time(row, "urged_at"));
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    private static Set<EventAction> actions(String[] words) {
        Set<EventAction> actions = EnumSet.noneOf(EventAction.class);
        Stream.of(words).map(EventAction::of).flatMap(Optional::stream).forEach(actions::add);
        return actions;
    }

    private static Endpoint endpoint(ResultSet row, EndpointConfig.Filter filter) throws SQLException {
        return new Endpoint(
                row.getLong("id"), row.getString("name"), URI.create(row.getString("url")), Map.of(),
                EndpointConfig.Format.valueOf(row.getString("format").toUpperCase(Locale.ROOT)), filter,
                new EndpointConfig.Pace(
                        millis(row, "timeout_ms"), row.getInt("threshold"), millis(row, "backoff_ms"),
                        millis(row, "longest_backoff_ms"), millis(row, "give_up_ms")),
                row.getInt("batch_size"), row.getBoolean("include_references"), List.of(),
                new EndpointConfig.Route(
                        Optional.ofNullable(row.getString("authorities")),
                        Optional.ofNullable(row.getString("proxy")).map(URI::create)));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Duration millis(ResultSet row, String column) throws SQLException {
        return Duration.ofMillis(row.getLong(column));
    }

    private static EndpointStatus.Attempts attempts(ResultSet row) throws SQLException {
        int status = row.getInt("last_status");
        boolean replied = !row.wasNull();
        return new EndpointStatus.Attempts(
                row.getLong("received"), row.getLong("failed"), row.getLong("given_up"),
                time(row, "last_at"),
                replied ? OptionalInt.of(status) : OptionalInt.empty(), row.getLong("last_latency_ms"));
    }

    /**
     * Writes what the configuration of a node says of an endpoint. One that is paused stays so, and one that is disabled
     * is left to {@link #abandon}: other nodes may have it.
     */
    void adopt(Transaction transaction, String name, boolean disabled, EndpointConfig.Filter filter) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into webhook_endpoint as known
                    (name, configured, state, actions, ignored_media_types, repositories, repository_regexes,
                     created_by, told_after)
                values (?, true, ?, ?, ?, ?, ?, 'registry', %s)
                on conflict (name) do update
                set configured = true, actions = excluded.actions, secrets = null,
                    ignored_media_types = excluded.ignored_media_types, repositories = excluded.repositories,
                    repository_regexes = excluded.repository_regexes,
                    state = case when excluded.state = 'active' and known.state = 'off'
                                 then excluded.state else known.state end,
                    told_after = case when excluded.state = 'active' and known.state = 'off'
                                      then excluded.told_after else known.told_after end""".formatted(LAST_EVENT))) {
            upsert.setString(1, name);
            upsert.setString(2, (disabled ? EndpointState.OFF : EndpointState.ACTIVE).word());
            setFilter(transaction.connection(), upsert, 3, filter);
            upsert.executeUpdate();
        }
    }

    /** Says which endpoints the configuration of a node has and has not disabled, and that the node lives. */
    void have(Transaction transaction, Via.Node node, Collection<String> endpoints) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into webhook_node (id, address, endpoints) values (?, ?, ?)
                on conflict (id) do update set endpoints = excluded.endpoints, seen_at = now()""")) {
            upsert.setObject(1, node.instance());
            upsert.setString(2, node.address());
            upsert.setArray(3, array(transaction.connection(), endpoints.stream()));
            upsert.executeUpdate();
        }
    }

    /**
     * Says, not too often, that these are told what happens; those of which nobody has said so for long have been tried
     * from now on. Waits for nobody: it is said again soon.
     */
    void tend(Transaction transaction, Collection<Long> ids) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update webhook_endpoint
                set tried_since = case when tended_at < now() - interval '10 minutes' then now() else tried_since end,
                    tended_at = now()
                where id in (
                    select id from webhook_endpoint
                    where id = any (?) and tended_at < now() - interval '1 minute'
                    for no key update skip locked)""")) {
            update.setArray(1, transaction.connection().createArrayOf("int8", ids.toArray()));
            update.executeUpdate();
        }
    }

    /** Switches off those of the configuration that no node has any more. */
    void abandon(Transaction transaction) throws SQLException {
        try (PreparedStatement lock = transaction.connection().prepareStatement(
                "select from webhook_endpoint where " + ABANDONED + " order by name for no key update")) {
            lock.execute();
        }
        // A statement of its own: it sees the nodes that have adopted one while the lock was waited for.
        try (PreparedStatement update = transaction.connection().prepareStatement(
                "update webhook_endpoint set state = 'off' where " + ABANDONED)) {
            update.executeUpdate();
        }
    }

    /** Four parameters. */
    private static int setFilter(
            Connection connection, PreparedStatement statement, int first, EndpointConfig.Filter filter) throws SQLException {
        int next = first;
        statement.setArray(next++, array(connection, filter.actions().stream().map(EventAction::word).sorted()));
        statement.setArray(next++, array(connection, filter.ignoredMediaTypes().stream().sorted()));
        statement.setArray(next++, array(connection, filter.repositories().stream().map(RepositoryPattern::value)));
        statement.setArray(next++, array(connection, filter.repositories().stream().map(RepositoryPattern::toRegex)));
        return next;
    }

    private static Array array(Connection connection, Stream<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    /** A new one, active. Empty if there is one of this name. */
    Optional<Long> insert(Transaction transaction, Endpoint endpoint, String secrets, String createdBy)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into webhook_endpoint
                    (name, configured, state, actions, ignored_media_types, repositories, repository_regexes, url,
                     format, timeout_ms, threshold, backoff_ms, longest_backoff_ms, give_up_ms, batch_size,
                     include_references, authorities, proxy, secrets, created_by, told_after)
                values (?, false, 'active', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, %s)
                on conflict do nothing
                returning id""".formatted(LAST_EVENT))) {
            insert.setString(1, endpoint.name());
            int next = setSettings(transaction.connection(), insert, 2, endpoint, secrets);
            insert.setString(next, createdBy);
            ResultSet row = insert.executeQuery();
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
    }

    /** Changes all but the name; what failed before does not count, and it is tried at once. */
    void update(Transaction transaction, Endpoint endpoint, String secrets) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update webhook_endpoint
                set actions = ?, ignored_media_types = ?, repositories = ?, repository_regexes = ?, url = ?, format = ?,
                    timeout_ms = ?, threshold = ?, backoff_ms = ?, longest_backoff_ms = ?, give_up_ms = ?,
                    batch_size = ?, include_references = ?, authorities = ?, proxy = ?, secrets = ?, tried_since = now(),
                    urged_at = now()
                where name = ?""")) {
            int next = setSettings(transaction.connection(), update, 1, endpoint, secrets);
            update.setString(next, endpoint.name());
            update.executeUpdate();
        }
    }

    private static int setSettings(
            Connection connection, PreparedStatement statement, int first, Endpoint endpoint, String secrets)
            throws SQLException {
        EndpointConfig.Pace pace = endpoint.pace();
        int next = setFilter(connection, statement, first, endpoint.filter());
        statement.setString(next++, endpoint.origin().toString());
        statement.setString(next++, endpoint.format().name().toLowerCase(Locale.ROOT));
        statement.setLong(next++, pace.timeout().toMillis());
        statement.setInt(next++, pace.threshold());
        statement.setLong(next++, pace.backoff().toMillis());
        statement.setLong(next++, pace.longest().toMillis());
        statement.setLong(next++, pace.giveUp().toMillis());
        statement.setInt(next++, endpoint.batchSize());
        statement.setBoolean(next++, endpoint.includeReferences());
        statement.setString(next++, endpoint.route().authorities().orElse(null));
        statement.setString(next++, endpoint.route().proxy().map(URI::toString).orElse(null));
        statement.setString(next++, secrets);
        return next;
    }

    /** What failed before does not count, and it is tried at once. */
    void setState(Transaction transaction, String name, EndpointState state) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement(
                "update webhook_endpoint set state = ?, tried_since = now(), urged_at = now() where name = ?")) {
            update.setString(1, state.word());
            update.setString(2, name);
            update.executeUpdate();
        }
    }

    /** Has it tried at once. Its id; empty if it is gone. */
    Optional<Long> urge(Transaction transaction, String name) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement(
                "update webhook_endpoint set urged_at = now() where name = ? returning id")) {
            update.setString(1, name);
            ResultSet row = update.executeQuery();
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
    }

    /** Removes one with all that it was still to be told. */
    void delete(Transaction transaction, String name) throws SQLException {
        try (PreparedStatement delete = transaction.connection().prepareStatement(
                "delete from webhook_endpoint where name = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
        }
    }
}
