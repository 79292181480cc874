package io.longshore.registry.launcher.tls;

/** A file cannot be used for TLS. The message is for the operator: which file, and what is wrong with it. */
public final class TlsException extends Exception {

    private static final long serialVersionUID = 1L;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
