package io.longshore.registry.web.admin;

import io.longshore.registry.replication.Run;
import java.time.Instant;

/**
 * A run of a rule of replication.
 *
 * @param endedAt null while it goes on
 * @param error the first; null if there was none
 */
public record ReplicationRunJson(
        long id, String rule, String cause, boolean dryRun, String state, String startedBy, Instant startedAt,
        Instant endedAt, String node, long lookedAt, long copied, long skipped, long deleted, long failed, long bytes,
        String error) {

    static ReplicationRunJson of(Run run) {
        Run.Counts counts = run.counts();
        return new ReplicationRunJson(
                run.id(), run.rule(), run.cause().word(), run.dry(), run.state().word(), run.startedBy(),
                run.startedAt(), run.endedAt().orElse(null), run.node(), counts.lookedAt(), counts.copied(),
                counts.skipped(), counts.deleted(), counts.failed(), counts.bytes(), run.error().orElse(null));
    }
}
