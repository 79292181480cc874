package io.longshore.registry.storage.s3;

import java.io.IOException;

/** A segment is not what its writer saw last: another one went on with the stage. */
final class SegmentChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    SegmentChangedException(String message, Throwable cause) {
        super(message, cause);
    }
}
