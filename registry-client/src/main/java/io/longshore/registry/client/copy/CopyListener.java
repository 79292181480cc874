package io.longshore.registry.client.copy;

import io.longshore.registry.model.Descriptor;

/**
 * Hears how a copy goes. Called by several threads at once, which go on when it returns; what it throws ends the copy.
 */
public interface CopyListener {
    /** Hears nothing. */
    CopyListener NONE = new CopyListener() {};

    /** What was done with content. */
    enum Outcome {
        /** Its bytes were sent. */
        COPIED,
        /** The target took it over by itself. */
        MOUNTED,
        /** It was there. */
        PRESENT
    }

    /** A blob or a manifest is looked at; it is told of once for each digest. */
    default void begun(Descriptor content) {}

    /** Some more bytes of a blob were read. After a fault, bytes are read again, and the sum is above its size. */
    default void moved(Descriptor blob, long bytes) {}

    /** It is in the target now. */
    default void done(Descriptor content, Outcome outcome) {}
}
