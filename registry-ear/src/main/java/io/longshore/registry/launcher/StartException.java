package io.longshore.registry.launcher;

/** The registry cannot start. The message is for the operator: what failed, why, and what to do. */
final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartException(String message) {
        super(message);
    }

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
