package io.longshore.registry.storage;

import java.io.IOException;

/** A stage is not there, or holds fewer bytes than were said to be in it. */
public final class StageLostException extends IOException {
    private static final long serialVersionUID = 1L;

    public StageLostException(String message) {
        super(message);
    }

    public StageLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
