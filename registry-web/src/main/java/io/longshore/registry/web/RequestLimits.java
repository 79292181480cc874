package io.longshore.registry.web;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RegistryException.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;

/**
 * How long the address and the headers of a request may be. The server's own limits have to be wider, because it
 * refuses with an empty reply.
 *
 * @param uriChars of path and query as they were sent
 * @param headerChars of all names and values together
 */
public record RequestLimits(int uriChars, int headerChars) {
    /** What the server puts in place of a path so long that choosing a servlet for it would take too much time. */
    private static final String TOO_LONG = "/v2/~too-long";

    /**
     * Checks the request.
     *
     * @throws RegistryException.Refused of the kinds {@link Kind#URI_TOO_LONG} and {@link Kind#HEADERS_TOO_LARGE}
     */
    void check(HttpServletRequest request) {
        if (request.getRequestURI().equals(TOO_LONG)) {
            throw uriTooLong("the path of an address is too long, whatever the configuration");
        }
        String query = request.getQueryString();
        if (request.getRequestURI().length() + (query == null ? 0 : query.length()) > uriChars) {
            throw uriTooLong("the address of a request has at most " + uriChars + " characters");
        }
        if (headerChars(request) > headerChars) {
            throw new RegistryException.Refused(
                    Kind.HEADERS_TOO_LARGE,
                    ErrorCode.UNSUPPORTED,
                    "the headers of a request have at most " + headerChars + " characters",
                    "");
        }
    }

    private static RegistryException uriTooLong(String message) {
        return new RegistryException.Refused(Kind.URI_TOO_LONG, ErrorCode.NAME_INVALID, message, "");
    }

    private static long headerChars(HttpServletRequest request) {
        long sum = 0;
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            String name = names.nextElement();
            Enumeration<String> values = request.getHeaders(name);
            while (values.hasMoreElements()) {
                sum += name.length() + values.nextElement().length();
            }
        }
        return sum;
    }
}
