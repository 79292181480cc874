package io.longshore.registry.storage.azure;

import java.io.IOException;

/** Entra ID, or what stands in for it on this machine, gives no token. */
final class NoTokenException extends IOException {
    private static final long serialVersionUID = 1L;

    NoTokenException(String message) {
        super(message);
    }
}
