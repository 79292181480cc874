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
        UNAUTHENTICATED,
        DENIED,
        NOT_FOUND,
        NOT_ALLOWED,
        CONFLICT,
        TOO_LARGE,
        URI_TOO_LONG,
        HEADERS_TOO_LARGE,
        UNSUPPORTED_MEDIA_TYPE,
        RANGE_NOT_SATISFIABLE,
        TOO_MANY_REQUESTS,
        UNAVAILABLE,
        BAD_GATEWAY
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

    /** Other credentials than those shown, or any, might open what stays closed (RFC 9110, section 11). */
    public static final class Unauthenticated extends RegistryException {
        private static final long serialVersionUID = 1L;

        private final String challenge;

        /** @param challenge which credentials: the value of {@code WWW-Authenticate} */
        public Unauthenticated(String challenge, String message, String detail) {
            super(Kind.UNAUTHENTICATED, ErrorCode.UNAUTHORIZED, message, detail);
            this.challenge = challenge;
        }

        public String challenge() {
            return challenge;
        }
    }

    /** Whoever asks may not do this, and no other credentials of the same subject would change that. */
    public static final class Denied extends RegistryException {
        private static final long serialVersionUID = 1L;

        public Denied(String message, String detail) {
            super(Kind.DENIED, ErrorCode.DENIED, message, detail);
        }
    }

    /** Too much was asked for in too short a time. */
    public static final class TooManyRequests extends RegistryException {
        private static final long serialVersionUID = 1L;

        private final long retryAfterSeconds;

        public TooManyRequests(String message, long retryAfterSeconds) {
            super(Kind.TOO_MANY_REQUESTS, ErrorCode.TOOMANYREQUESTS, message, "");
            this.retryAfterSeconds = retryAfterSeconds;
        }

        /** After how many seconds it may be tried again. */
        public long retryAfterSeconds() {
            return retryAfterSeconds;
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
