package io.longshore.registry.model;

import java.util.List;

/**
 * An answer to the client of a registry other than what it asked for: one or more errors of the OCI error body. What
 * fails in the machinery is an {@link java.io.IOException} instead.
 *
 * <p>Carries no stack trace: an unknown blob is daily business, asked about thousands of times a second.
 */
public abstract sealed class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How the request failed; decides the HTTP status, in one place. */
    public enum Kind {
        INVALID,
        NOT_FOUND,
        NOT_ALLOWED,
        CONFLICT,
        TOO_LARGE,
        URI_TOO_LONG,
        HEADERS_TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE,
        RANGE_NOT_SATISFIABLE,
        UNAVAILABLE
    }

    /**
     * One entry of the error body.
     *
     * @param detail what it is about, such as the offending value; may be empty
     */
    public record Error(ErrorCode code, String message, String detail) {}

    private final Kind kind;
    private final transient List<Error> errors;

    private RegistryException(Kind kind, List<Error> errors) {
        super(errors.get(0).message(), null, false, false);
        this.kind = kind;
        this.errors = List.copyOf(errors);
    }

    private RegistryException(Kind kind, ErrorCode code, String message, String detail) {
        this(kind, List.of(new Error(code, message, detail)));
    }

    public Kind kind() {
        return kind;
    }

    /** At least one. */
    public List<Error> errors() {
        return errors;
    }

    /** The input is not what it must be; nothing was changed. */
    public static final class Invalid extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Invalid(ErrorCode code, String message, String detail) {
            super(Kind.INVALID, code, message, detail);
        }

        public Invalid(List<Error> errors) {
            super(Kind.INVALID, errors);
        }
    }

    /** What was asked for is not there. */
    public static final class NotFound extends RegistryException {
        private static final long serialVersionUID = 1L;

        public NotFound(ErrorCode code, String message, String detail) {
            super(Kind.NOT_FOUND, code, message, detail);
        }

        public NotFound(List<Error> errors) {
            super(Kind.NOT_FOUND, errors);
        }
    }

    /** Understood and refused: the way the registry is set up, or the state of things, forbids it. */
    public static final class Refused extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Refused(Kind kind, ErrorCode code, String message, String detail) {
            super(kind, code, message, detail);
        }
    }

    /** A chunk does not begin where the last one ended (OCI distribution-spec, end-5 and end-6). */
    public static final class OutOfOrder extends RegistryException {
        private static final long serialVersionUID = 1L;

        private final long sizeBytes;

        /** @param sizeBytes how many bytes of the upload are acknowledged */
        public OutOfOrder(long sizeBytes) {
            super(
                    Kind.RANGE_NOT_SATISFIABLE,
                    ErrorCode.RANGE_INVALID,
                    "chunks come in order: the next begins at " + sizeBytes,
                    "");
            this.sizeBytes = sizeBytes;
        }

        /** Where the next chunk has to begin. */
        public long sizeBytes() {
            return sizeBytes;
        }
    }

    /** The registry cannot serve this now; the same request may succeed later. */
    public static final class Unavailable extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message) {
            super(Kind.UNAVAILABLE, ErrorCode.UNAVAILABLE, message, "");
        }
    }
}
