package io.longshore.registry.mirror;

import java.time.Duration;

/** Is told what a mirror does, while it does it: must not wait for anything. Thread-safe. */
public interface MirrorObserver {
    /** Nobody. */
    MirrorObserver NONE = new MirrorObserver() {};

    /** What is pulled. */
    enum Kind {
        MANIFEST,
        BLOB
    }

    /** How a pull went. */
    enum Outcome {
        /** It was here. */
        HIT,
        /** It was here, and the upstream could not say whether it is still what it was. */
        STALE,
        /** It had to be fetched, or was being fetched already. */
        MISS
    }

    default void pulled(String upstream, Kind kind, Outcome outcome) {}

    /** Bytes were sent to a client. */
    default void served(String upstream, Kind kind, long bytes) {}

    /** Bytes came from the upstream. */
    default void fetched(String upstream, Kind kind, long bytes) {}

    /**
     * The upstream was asked.
     *
     * @param waited until the answer began
     * @param failed whether it was refused or failed; that something is not there is no failure
     */
    default void asked(String upstream, Duration waited, boolean failed) {}
}
