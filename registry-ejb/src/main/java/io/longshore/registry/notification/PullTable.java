package io.longshore.registry.notification;

import io.longshore.registry.audit.Via;
import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Transaction;
import io.longshore.registry.model.Tag;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;

/** SQL that puts pulls into the outbox. */
final class PullTable {

    /** @param contents what their manifests consist of */
    void insert(Transaction transaction, List<Pull> pulls, PullContents contents) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                with event as (
                    insert into webhook_event
                        (at, action, repository, tag, digest, media_type, size_bytes, actor, address, request_id, host,
                         method, user_agent, base_url, source_address, source_instance, content)
                    values (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''),
                            nullif(?, ''), nullif(?, ''), ?, ?, ?::jsonb)
                    returning id)
                insert into webhook_outbox select id from event""")) {
            for (Pull pull : pulls) {
                int next = set(insert, pull);
                insert.setString(next, contents.of(pull).orElse(null));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** All but the last; returns its number. */
    private static int set(PreparedStatement insert, Pull pull) throws SQLException {
        Via via = pull.actor().via();
        int next = 1;
        insert.setObject(next++, pull.at().atOffset(ZoneOffset.UTC));
        insert.setString(next++, pull.action().word());
        insert.setString(next++, pull.repository().value());
        insert.setString(next++, pull.tag().map(Tag::value).orElse(null));
        insert.setBytes(next++, Digests.toBytes(pull.digest()));
        insert.setString(next++, pull.mediaType());
        if (pull.size().isPresent()) {
            insert.setLong(next++, pull.size().getAsLong());
        } else {
            insert.setNull(next++, Types.BIGINT);
        }
        insert.setString(next++, pull.actor().subject());
        insert.setString(next++, pull.actor().address());
        insert.setString(next++, via.requestId());
        insert.setString(next++, via.host());
        insert.setString(next++, via.method());
        insert.setString(next++, via.userAgent());
        insert.setString(next++, via.baseUrl());
        insert.setString(next++, via.node().address());
        insert.setObject(next++, via.node().instance());
        return next;
    }
}
