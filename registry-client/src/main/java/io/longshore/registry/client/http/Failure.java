package io.longshore.registry.client.http;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RegistryException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What an answer means that is not the one hoped for. */
public final class Failure {
    private static final int MAX_BODY_BYTES = 1 << 20;

    /** What these mean is said by HTTP already. */
    private static final Set<Integer> CLEAR = Set.of(401, 403, 429);

    private Failure() {}

    /**
     * Reads the reply, and closes it.
     *
     * @return the refusal of a registry, to be thrown: of the kind that the status says
     * @throws IOException if it is none, but the answer of something that is broken or no registry; says method, URL
     *     without its query, and status
     */
    public static RegistryException of(Response response) throws IOException {
        try (response) {
            int status = response.status();
            byte[] body = response.bytes(MAX_BODY_BYTES);
            List<RegistryException.Error> errors = ErrorBody.parse(body);
            boolean isClear = body.length == 0 || CLEAR.contains(status);
            if (status < 400 || errors.isEmpty() && (status >= 500 || !isClear)) {
                throw new IOException(response.request() + ": " + status);
            }
            RegistryException.Error fallback =
                    new RegistryException.Error(ErrorCode.UNKNOWN, response.request() + ": " + status, "");
            return refusal(response, errors.isEmpty() ? List.of(fallback) : errors);
        }
    }

    private static RegistryException refusal(Response response, List<RegistryException.Error> errors)
            throws IOException {
        RegistryException.Error first = errors.get(0);
        return switch (response.status()) {
            case 401 -> new RegistryException.Unauthenticated(
                    String.join(", ", response.headers("WWW-Authenticate")),
                    response.note().isEmpty() ? first.message() : first.message() + " (" + response.note() + ')',
                    first.detail());
            case 403 -> new RegistryException.Denied(first.message(), first.detail());
            case 404 -> new RegistryException.NotFound(errors);
            case 405 -> refused(Kind.NOT_ALLOWED, first);
            case 409 -> refused(Kind.CONFLICT, first);
            case 413 -> refused(Kind.TOO_LARGE, first);
            case 414 -> refused(Kind.URI_TOO_LONG, first);
            case 415 -> refused(Kind.UNSUPPORTED_MEDIA_TYPE, first);
            case 416 -> refused(Kind.RANGE_NOT_SATISFIABLE, first);
            case 429 -> new RegistryException.TooManyRequests(
                    first.message(), response.retryAfter().orElse(Duration.ZERO).toSeconds());
            case 431 -> refused(Kind.HEADERS_TOO_LARGE, first);
            case 502, 503, 504 -> new RegistryException.Unavailable(first.message());
            default -> other(response, errors);
        };
    }

    private static RegistryException refused(Kind kind, RegistryException.Error error) {
        return new RegistryException.Refused(kind, error.code(), error.message(), error.detail());
    }

    private static RegistryException other(Response response, List<RegistryException.Error> errors)
            throws IOException {
        if (response.status() >= 500) {
            throw new IOException(response.request() + ": " + response.status() + ": " + errors.get(0).message());
        }
        return new RegistryException.Invalid(errors);
    }
}
