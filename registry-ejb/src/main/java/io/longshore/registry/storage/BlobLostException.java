package io.longshore.registry.storage;

import java.io.IOException;

/** A blob that should be there is not. */
public final class BlobLostException extends IOException {
    private static final long serialVersionUID = 1L;

    public BlobLostException(String message) {
        super(message);
    }

    public BlobLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
