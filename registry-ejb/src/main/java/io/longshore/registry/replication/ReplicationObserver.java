package io.longshore.registry.replication;

/** Is told what this node does for rules. Called by several threads at once, which wait for it. */
public interface ReplicationObserver {
    /** Is told nothing. */
    ReplicationObserver NONE = new ReplicationObserver() {};

    /** What came of a tag. */
    enum Result {
        COPIED,
        SKIPPED,
        DELETED,
        FAILED
    }

    /**
     * A tag was seen to; not in a trial.
     *
     * @param bytes that were moved for it
     */
    default void ended(String rule, Result result, long bytes) {}

    /** A run ended; not a trial. */
    default void runEnded(String rule, Run.State state) {}
}
