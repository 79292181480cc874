package io.longshore.registry.web.admin;

import io.longshore.registry.model.Digest;
import io.longshore.registry.replication.Item;
import java.time.Instant;

/**
 * Something that is to be done in a run, or was.
 *
 * @param repository at the source; null for the catalog
 * @param tag null for the catalog and for a whole repository
 * @param digest what the tag names at the target since; null if it was not copied
 * @param error of the last attempt; null if there was none
 * @param endedAt null if it is still to be done
 */
public record ReplicationItemJson(
        long id, String kind, String repository, String tag, String state, int attempts, String digest, long bytes,
        String error, Instant endedAt) {

    static ReplicationItemJson of(Item item) {
        return new ReplicationItemJson(
                item.id(), item.kind().word(), text(item.repository()), text(item.tag()), item.state().word(),
                item.attempts(), item.digest().map(Digest::toString).orElse(null), item.bytes(),
                item.error().orElse(null), item.endedAt().orElse(null));
    }

    private static String text(String text) {
        return text.isEmpty() ? null : text;
    }
}
