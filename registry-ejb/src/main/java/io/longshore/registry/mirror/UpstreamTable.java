package io.longshore.registry.mirror;

import io.longshore.registry.config.DataSize;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** SQL of table {@code mirror_upstream} and view {@code mirror_status}. */
final class UpstreamTable {
    private static final String SETTINGS = """
            url, prefix, namespaces, repositories, tag_lifetime_ms, unused_ms, most_bytes, connections,
            requests_per_second, pushable, insecure, authorities, secrets""";

    /**
     * A row.
     *
     * @param config without secrets; empty if the configuration has it
     * @param secrets those, sealed; empty if the configuration has them
     */
    record Row(
            long id, String name, Optional<UpstreamConfig> config, Optional<String> secrets, String createdBy,
            Instant createdAt) {}

    /** A row, and what its mirror holds and has done. */
    record Counted(Row row, MirrorStatus.Counts counts) {}

    List<Row> all(Transaction transaction) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement(
                "select * from mirror_upstream order by name")) {
            ResultSet row = select.executeQuery();
            List<Row> all = new ArrayList<>();
            while (row.next()) {
                all.add(read(row));
            }
            return all;
        }
    }

    /** How they are doing; all, or the one of this name. */
    List<Counted> counted(Transaction transaction, Optional<String> name) throws SQLException {
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select u.*, s.*
                from mirror_upstream u
                join mirror_status s using (id)
                where u.name = coalesce(?, u.name)
                order by u.name""")) {
            select.setString(1, name.orElse(null));
            ResultSet row = select.executeQuery();
            List<Counted> found = new ArrayList<>();
            while (row.next()) {
                found.add(new Counted(read(row), counts(row)));
            }
            return found;
        }
    }

    private static MirrorStatus.Counts counts(ResultSet row) throws SQLException {
        return new MirrorStatus.Counts(
                row.getLong("manifests"), row.getLong("blobs"), row.getLong("blob_bytes"),
                Optional.ofNullable(row.getObject("last_pulled_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getLong("hits"), row.getLong("misses"), row.getLong("stale"), row.getLong("served_bytes"),
                row.getLong("fetched_bytes"), row.getLong("requests"), row.getLong("errors"),
                Duration.ofMillis(row.getLong("waited_ms")));
    }

    private static Row read(ResultSet row) throws SQLException {
        boolean configured = row.getBoolean("configured");
        return new Row(
                row.getLong("id"), row.getString("name"),
                configured ? Optional.empty() : Optional.of(config(row)),
                Optional.ofNullable(row.getString("secrets")),
                row.getString("created_by"), row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static UpstreamConfig config(ResultSet row) throws SQLException {
        Long unused = row.getObject("unused_ms", Long.class);
        Long most = row.getObject("most_bytes", Long.class);
        Integer perSecond = row.getObject("requests_per_second", Integer.class);
        return new UpstreamConfig(
                row.getString("name"), URI.create(row.getString("url")), Optional.empty(),
                new UpstreamConfig.Place(
                        row.getString("prefix"), Set.of(texts(row, "namespaces")),
                        Stream.of(texts(row, "repositories")).map(RepositoryPattern::parse).toList()),
                Duration.ofMillis(row.getLong("tag_lifetime_ms")),
                new UpstreamConfig.Keeping(
                        Optional.ofNullable(unused).map(Duration::ofMillis),
                        Optional.ofNullable(most).map(DataSize::new)),
                new UpstreamConfig.Limits(
                        row.getInt("connections"),
                        perSecond == null ? OptionalInt.empty() : OptionalInt.of(perSecond)),
                new UpstreamConfig.Trust(
                        Optional.ofNullable(row.getString("authorities")), Optional.empty(),
                        row.getBoolean("insecure")),
                row.getBoolean("pushable"));
    }

    private static String[] texts(ResultSet row, String column) throws SQLException {
        return (String[]) row.getArray(column).getArray();
    }

    /** Writes that the configuration of a node names this upstream. */
    void adopt(Transaction transaction, String name) throws SQLException {
        try (PreparedStatement upsert = transaction.connection().prepareStatement("""
                insert into mirror_upstream (name, configured, created_by)
                values (?, true, 'registry')
                on conflict (name) do update
                    set configured = true, (%s) = row (%s)""".formatted(
                SETTINGS, String.join(", ", Collections.nCopies(13, "null"))))) {
            upsert.setString(1, name);
            upsert.executeUpdate();
        }
    }

    /** Has whoever else changes upstreams wait until the transaction ends: no two may be mixed up. */
    void lock(Transaction transaction) throws SQLException {
        try (PreparedStatement lock = transaction.connection().prepareStatement(
                "lock table mirror_upstream in share row exclusive mode")) {
            lock.execute();
        }
    }

    void insert(Transaction transaction, UpstreamConfig upstream, String secrets, String createdBy)
            throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                insert into mirror_upstream (name, configured, created_by, %s)
                values (?, false, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""".formatted(SETTINGS))) {
            insert.setString(1, upstream.name());
            insert.setString(2, createdBy);
            setSettings(transaction.connection(), insert, 3, upstream, secrets);
            insert.executeUpdate();
        }
    }

    void update(Transaction transaction, UpstreamConfig upstream, String secrets) throws SQLException {
        try (PreparedStatement update = transaction.connection().prepareStatement("""
                update mirror_upstream
                set (%s) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                where name = ?""".formatted(SETTINGS))) {
            int next = setSettings(transaction.connection(), update, 1, upstream, secrets);
            update.setString(next, upstream.name());
            update.executeUpdate();
        }
    }

    private static int setSettings(
            Connection connection, PreparedStatement statement, int first, UpstreamConfig upstream, String secrets)
            throws SQLException {
        UpstreamConfig.Place place = upstream.place();
        int next = first;
        statement.setString(next++, upstream.url().toString());
        statement.setString(next++, place.prefix());
        statement.setArray(next++, connection.createArrayOf("text", place.namespaces().stream().sorted().toArray()));
        statement.setArray(next++, connection.createArrayOf(
                "text", place.repositories().stream().map(RepositoryPattern::value).toArray()));
        statement.setLong(next++, upstream.tagLifetime().toMillis());
        statement.setObject(next++, upstream.keeping().unused().map(Duration::toMillis).orElse(null), Types.BIGINT);
        statement.setObject(next++, upstream.keeping().size().map(DataSize::bytes).orElse(null), Types.BIGINT);
        statement.setInt(next++, upstream.limits().connections());
        OptionalInt perSecond = upstream.limits().requestsPerSecond();
        statement.setObject(next++, perSecond.isPresent() ? perSecond.getAsInt() : null, Types.INTEGER);
        statement.setBoolean(next++, upstream.pushable());
        statement.setBoolean(next++, upstream.trust().insecure());
        statement.setString(next++, upstream.trust().authorities().orElse(null));
        statement.setString(next++, secrets);
        return next;
    }

    void delete(Transaction transaction, String name) throws SQLException {
        try (PreparedStatement delete =
                transaction.connection().prepareStatement("delete from mirror_upstream where name = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
        }
    }
}
