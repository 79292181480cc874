package io.longshore.registry.replication;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What was done for a rule, from a beginning to an end.
 *
 * @param dry whether nothing was changed
 * @param startedBy such as {@code user:alice}
 * @param node which began it
 * @param error the first; empty if there was none
 */
public record Run(
        long id, String rule, Cause cause, boolean dry, State state, String startedBy, Instant startedAt,
        Optional<Instant> endedAt, String node, Counts counts, Optional<String> error) {

    /** Why it began. */
    public enum Cause {
        MANUAL,
        SCHEDULE,
        EVENT;

        /** As it is written, such as {@code manual}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How it is, or ended. */
    public enum State {
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        /** As it is written, such as {@code running}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How many tags.
     *
     * @param lookedAt those that the rule selects
     * @param copied those that were not there, or not the same, or lacked referrers
     * @param skipped those that needed nothing
     * @param deleted those that were gone at the source
     * @param failed those of which something went wrong, and repositories that could not be listed
     * @param bytes that were moved
     */
    public record Counts(long lookedAt, long copied, long skipped, long deleted, long failed, long bytes) {}
}
