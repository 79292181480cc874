package io.longshore.registry.client.tool;

/** The command does not say what is to be done. Its message says what to write. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
