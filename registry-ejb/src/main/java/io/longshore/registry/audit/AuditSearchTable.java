package io.longshore.registry.audit;

import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.RepositoryName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGStatement;

/** SQL that reads table {@code audit_event}. */
final class AuditSearchTable {

    /** Newest first. */
    List<RecordedEvent> find(Transaction transaction, AuditQuery query, long limit) throws SQLException {
        Conditions conditions = new Conditions(query);
        try (PreparedStatement select = transaction.connection().prepareStatement("""
                select id, at, act, actor, address, repository, reference, digest, detail
                from audit_event
                where %s
                order by %s at desc, id desc
                limit ?""".formatted(conditions.sql(), conditions.leading()))) {
            // What is asked for decides by which index it is found: so each time a plan of its own.
            select.unwrap(PGStatement.class).setPrepareThreshold(0);
            int next = 1;
            for (Object value : conditions.values) {
                select.setObject(next++, value);
            }
            select.setLong(next, limit);
            return collect(select.executeQuery());
        }
    }

    private static List<RecordedEvent> collect(ResultSet row) throws SQLException {
        List<RecordedEvent> events = new ArrayList<>();
        while (row.next()) {
            AuditEvent event = new AuditEvent(
                    row.getString("act"),
                    new Actor(row.getString("actor"), orEmpty(row.getString("address"))),
                    Optional.ofNullable(row.getString("repository")).map(RepositoryName::parse),
                    orEmpty(row.getString("reference")),
                    Optional.ofNullable(row.getBytes("digest")).map(Digests::fromBytes),
                    orEmpty(row.getString("detail")));
            events.add(new RecordedEvent(
                    row.getLong("id"), row.getObject("at", OffsetDateTime.class).toInstant(), event));
        }
        return events;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    /** What a query asks for, as SQL. */
    private static final class Conditions {
        private final List<String> texts = new ArrayList<>(List.of("true"));
        private final List<Object> values = new ArrayList<>();
        private String leading = "";

        Conditions(AuditQuery query) {
            query.repository().ifPresent(repository -> addExact("repository", repository.value()));
            query.actor().ifPresent(actor -> addExact("actor", actor));
            query.address().ifPresent(address -> add("address = ?", address));
            if (!query.act().isEmpty()) {
                add("act >= ?", query.act());
                add("act < ?", query.act() + Character.toString(Character.MAX_CODE_POINT));
            }
            query.from().ifPresent(from -> add("at >= ?", time(from)));
            query.until().ifPresent(until -> add("at < ?", time(until)));
            query.before().ifPresent(id -> {
                add("(at, id) < ((select at from audit_event where id = ?), ?)", id);
                values.add(id);
            });
        }

        /**
         * The index of the first column that is asked for in this way gives the rows in their order. That is said as a
         * range, and as a part of the order: with "=" PostgreSQL may go through the rows of all, the newest first, and
         * expect to find enough of this one soon, which takes long if nothing was recorded of it lately.
         */
        private void addExact(String column, String value) {
            if (!leading.isEmpty()) {
                add(column + " = ?", value);
                return;
            }
            leading = column + " desc,";
            add(column + " >= ?", value);
            add(column + " <= ?", value);
        }

        private void add(String text, Object value) {
            texts.add(text);
            values.add(value);
        }

        private static OffsetDateTime time(Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }

        String sql() {
            return String.join(" and ", texts);
        }

        String leading() {
            return leading;
        }
    }
}
