package io.longshore.registry.replication;

import io.longshore.registry.model.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What came of a task.
 *
 * @param children what is to be done because of it
 * @param lookedAt how many tags were selected
 * @param digest what the tag names at the target now
 */
record Outcome(Kind kind, List<Task.Child> children, long lookedAt, Optional<Digest> digest, long bytes) {

    enum Kind {
        /** It is known what is to be done. */
        PLANNED,
        /** There was nothing to be done. */
        SKIPPED,
        COPIED,
        DELETED
    }

    static final Outcome SKIPPED = new Outcome(Kind.SKIPPED, List.of(), 0, Optional.empty(), 0);
    static final Outcome DELETED = new Outcome(Kind.DELETED, List.of(), 0, Optional.empty(), 0);

    static Outcome planned(List<Task.Child> children, long lookedAt) {
        return new Outcome(Kind.PLANNED, children, lookedAt, Optional.empty(), 0);
    }

    static Outcome copied(Digest digest, long bytes) {
        return new Outcome(Kind.COPIED, List.of(), 0, Optional.of(digest), bytes);
    }
}
