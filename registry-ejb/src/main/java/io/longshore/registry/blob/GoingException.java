package io.longshore.registry.blob;

/** The bytes are being removed, or were lately: nothing was written. Has no stack: it is caught nearby. */
final class GoingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GoingException() {
        super("the bytes are being removed", null, false, false);
    }
}
