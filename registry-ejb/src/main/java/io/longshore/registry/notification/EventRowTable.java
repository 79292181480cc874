package io.longshore.registry.notification;

import io.longshore.registry.database.Digests;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Reads events from rows of table {@code webhook_event}. */
final class EventRowTable {
    /** Of the table by the name of {@code e}. */
    static final String COLUMNS = """
            e.event_id, e.at, e.action, e.repository, e.tag, e.digest, e.media_type, e.size_bytes, e.from_repository,
            e.content, e.actor, e.address, e.request_id, e.host, e.method, e.user_agent, e.base_url, e.source_address,
            e.source_instance""";

    private EventRowTable() {}

    /** @param first number of the first of the columns */
    static Event read(ResultSet row, int first) throws SQLException {
        int next = first;
        UUID id = row.getObject(next++, UUID.class);
        OffsetDateTime at = row.getObject(next++, OffsetDateTime.class);
        EventAction action = EventAction.of(row.getString(next++)).orElseThrow();
        Optional<RepositoryName> repository = Optional.ofNullable(row.getString(next++)).map(RepositoryName::parse);
        Optional<Tag> tag = Optional.ofNullable(row.getString(next++)).map(Tag::new);
        byte[] digest = row.getBytes(next++);
        String mediaType = row.getString(next++);
        long size = row.getLong(next++);
        OptionalLong sizeBytes = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(size);
        Optional<RepositoryName> from = Optional.ofNullable(row.getString(next++)).map(RepositoryName::parse);
        String content = row.getString(next++);
        String actor = row.getString(next++);
        String address = text(row, next++);
        Event.Request request = new Event.Request(
                text(row, next++), address, text(row, next++), text(row, next++), text(row, next++), text(row, next++));
        return new Event(
                id, at.toInstant(), action, repository, tag,
                Optional.ofNullable(digest).map(Digests::fromBytes), Optional.ofNullable(mediaType), sizeBytes, from,
                ContentReader.read(content), actor, request,
                new Event.Source(row.getString(next++), row.getObject(next, UUID.class)));
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }
}
