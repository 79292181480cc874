package io.longshore.registry.replication;

import io.longshore.registry.model.Digest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that is to be done in a run, or was.
 *
 * @param repository at the source; empty for the catalog
 * @param tag empty for a catalog or a repository
 * @param attempts how often it was begun
 * @param digest what the tag names at the target then
 * @param error of the last attempt; empty if there was none
 */
public record Item(
        long id, long runId, Kind kind, String repository, String tag, State state, int attempts,
        Optional<Digest> digest, long bytes, Optional<String> error, Optional<Instant> endedAt) {

    /** What is to be done. */
    public enum Kind {
        /** Find the repositories. */
        CATALOG,
        /** Find the tags of one. */
        REPOSITORY,
        COPY,
        DELETE;

        /** As it is written, such as {@code copy}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far it is. */
    public enum State {
        WAITING,
        RUNNING,
        COPIED,
        DELETED,
        FAILED;

        /** As it is written, such as {@code waiting}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if it is no such word; the message says which there are */
        public static State of(String word) {
            for (State state : values()) {
                if (state.word().equals(word)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("expected waiting, running, copied, deleted or failed");
        }
    }
}
