package io.longshore.registry.web.error;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.storage.StageLostException;
import io.longshore.registry.storage.StorageFullException;
import io.longshore.registry.storage.StorageUnavailableException;
import io.longshore.registry.web.body.BodyLostException;
import jakarta.ws.rs.WebApplicationException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a request failed, as its client sees it: status and errors. The only place that knows failure status numbers.
 *
 * <p>What is not the client's doing is logged here, with its stack, under an id that is all the client is told of it.
 *
 * @param status 400 to 599
 * @param errors at least one
 * @param headers of the reply, such as the challenge that goes with 401
 */
public record Failure(int status, List<RegistryException.Error> errors, Map<String, String> headers) {

    /** The request attribute that leaves a failure to the filter around JAX-RS, which sends it. */
    public static final String ATTRIBUTE = Failure.class.getName();

    private static final int UNAVAILABLE = 503;
    private static final String RETRY_AFTER = "Retry-After";
    /** Goes with {@code 503}: waiting may help. */
    private static final Map<String, String> LATER = Map.of(RETRY_AFTER, "5");
    private static final System.Logger LOG = System.getLogger(Failure.class.getName());

    /** The answer that this exception is. */
    public static Failure of(RegistryException answer) {
        int status = status(answer.kind());
        return new Failure(status, answer.errors(), headers(status, answer));
    }

    private static Map<String, String> headers(int status, RegistryException answer) {
        if (answer instanceof RegistryException.Unauthenticated refused) {
            return Map.of("WWW-Authenticate", refused.challenge());
        }
        if (answer instanceof RegistryException.TooManyRequests refused) {
            return Map.of(RETRY_AFTER, Long.toString(refused.retryAfterSeconds()));
        }
        return status == UNAVAILABLE ? LATER : Map.of();
    }

    /**
     * The answer to whatever was thrown while a request was served.
     *
     * @param request what was asked, by {@link RequestLine}; logged, and shown to the client where it is at fault
     */
    public static Failure of(Throwable thrown, String request) {
        if (thrown instanceof RegistryException answer) {
            return of(answer);
        }
        if (thrown instanceof WebApplicationException refusal) {
            int status = refusal.getResponse().getStatus();
            return status < 500 ? ofStatus(status, request) : unexpected(status, thrown, request);
        }
        if (thrown instanceof UncheckedIOException wrapped) {
            return of(wrapped.getCause(), request);
        }
        if (thrown instanceof BodyLostException) {
            LOG.log(Level.DEBUG, () -> request + ": " + thrown.getMessage(), thrown);
            return of(400, ErrorCode.SIZE_INVALID, "the body ended before its announced end; send all of it", "");
        }
        if (thrown instanceof StorageFullException) {
            LOG.log(Level.ERROR, () -> request + ": " + thrown.getMessage());
            return of(507, ErrorCode.UNAVAILABLE, "the registry's storage is full", "");
        }
        if (thrown instanceof StorageUnavailableException) {
            LOG.log(Level.ERROR, () -> request + ": " + thrown.getMessage());
            return of(UNAVAILABLE, ErrorCode.UNAVAILABLE, "the registry's storage does not answer; try again", "");
        }
        if (thrown instanceof StageLostException) {
            LOG.log(Level.ERROR, () -> request + ": " + thrown.getMessage());
            return of(404, ErrorCode.BLOB_UPLOAD_UNKNOWN, "what was uploaded so far is gone; start again", "");
        }
        if (thrown instanceof OutOfMemoryError) {
            LOG.log(Level.ERROR, () -> request + " failed for want of memory", thrown);
            return of(UNAVAILABLE, ErrorCode.UNAVAILABLE, "the registry is short of memory; try again", "");
        }
        return unexpected(500, thrown, request);
    }

    /**
     * The answer where nothing but a status is known: the container or JAX-RS refused the request by itself.
     *
     * @param status from 400; from 500 on, the body says no more than that
     * @param request what was asked, by {@link RequestLine}; shown to the client
     */
    public static Failure ofStatus(int status, String request) {
        return switch (status) {
            // JAX-RS itself refuses these two headers, wherever they do not parse.
            case 400 -> of(400, ErrorCode.UNSUPPORTED, "malformed request: look at Accept and Content-Type", request);
            // Not NAME_UNKNOWN: clients take that for a missing repository, and this is a missing operation.
            case 404 -> of(404, ErrorCode.UNSUPPORTED, "there is no such endpoint", request);
            case 405 -> of(405, ErrorCode.UNSUPPORTED, "the endpoint does not know this method", request);
            case 406 -> of(406, ErrorCode.UNSUPPORTED, "the endpoint has nothing of the accepted types", request);
            case 413 -> of(413, ErrorCode.SIZE_INVALID, "the request is too large", request);
            case 414 -> of(414, ErrorCode.NAME_INVALID, "the address of the request is too long", "");
            case 415 -> of(415, ErrorCode.UNSUPPORTED, "the endpoint does not take this type or encoding", request);
            case 431 -> of(431, ErrorCode.UNSUPPORTED, "the headers of the request are too large", request);
            case 503 -> of(503, ErrorCode.UNAVAILABLE, "the registry is not ready; try again", "");
            default -> status < 500
                    ? of(status, ErrorCode.UNSUPPORTED, "the request was refused", request)
                    : of(status, ErrorCode.UNKNOWN, "the registry failed to answer", "");
        };
    }

    private static Failure unexpected(int status, Throwable thrown, String request) {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        LOG.log(Level.ERROR, () -> request + " failed, told to the client as " + id, thrown);
        return of(
                status,
                ErrorCode.UNKNOWN,
                "the registry failed to answer; its log says why, under the id in the detail",
                id);
    }

    private static Failure of(int status, ErrorCode code, String message, String detail) {
        return new Failure(
                status,
                List.of(new RegistryException.Error(code, message, detail)),
                status == UNAVAILABLE ? LATER : Map.of());
    }

    private static int status(RegistryException.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case DENIED -> 403;
            case NOT_FOUND -> 404;
            case NOT_ALLOWED -> 405;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case URI_TOO_LONG -> 414;
            case UNSUPPORTED_MEDIA_TYPE -> 415;
            case RANGE_NOT_SATISFIABLE -> 416;
            case TOO_MANY_REQUESTS -> 429;
            case HEADERS_TOO_LARGE -> 431;
            case UNAVAILABLE -> UNAVAILABLE;
            case BAD_GATEWAY -> 502;
        };
    }
}
