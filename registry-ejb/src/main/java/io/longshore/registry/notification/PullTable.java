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

    void insert(Transaction transaction, List<Pull> pulls) throws SQLException {
        try (PreparedStatement insert = transaction.connection().prepareStatement("""
                with event as (
                    insert into webhook_event
                        (at, action, repository, tag, digest, media_type, size_bytes, actor, address, request_id, host,
                         method, user_agent, base_url, source_address, source_instance)
                    values (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, ''), nullif(?, ''), nullif(?, ''),
                            nullif(?, ''), nullif(?, ''), ?, ?)
                    returning id)
                insert into webhook_outbox select id from event""")) {
            for (Pull pull : pulls) {
                set(insert, pull);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void set(PreparedStatement insert, Pull pull) throws SQLException {
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
        insert.setObject(next, via.node().instance());
    }
}
