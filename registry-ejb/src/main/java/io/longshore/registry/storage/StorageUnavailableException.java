package io.longshore.registry.storage;

import java.io.IOException;

/** The store cannot be reached, or says that it cannot serve now: what failed may succeed later. */
public final class StorageUnavailableException extends IOException {
    private static final long serialVersionUID = 1L;

    public StorageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
