package io.longshore.registry.upload;

import io.longshore.registry.storage.StageId;
import java.util.Optional;

/**
 * How far an upload has come.
 *
 * @param sizeBytes bytes received
 * @param stage where they lie; empty before the first of them
 */
record Progress(long sizeBytes, Optional<StageId> stage) {

    /** From what the database keeps. */
    static Progress of(long sizeBytes, String stageName) {
        return new Progress(sizeBytes, Optional.ofNullable(stageName).map(StageId::new));
    }

    /** As the database keeps it. */
    String stageName() {
        return stage.map(StageId::value).orElse(null);
    }
}
