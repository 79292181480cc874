package io.longshore.registry.storage.s3;

import java.io.IOException;

/** An object, or a multipart upload, is not there or not what it was. Says so within the driver only. */
final class NoObjectException extends IOException {
    private static final long serialVersionUID = 1L;

    NoObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
