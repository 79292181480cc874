package io.longshore.registry.web.error;

import jakarta.servlet.http.HttpServletRequest;

/** What a request asked for, short enough to be logged and shown: method and path, both as they were sent. */
public final class RequestLine {
    private static final int LIMIT = 300;

    private RequestLine() {}

    /** Such as {@code GET /v2/library/alpine/tags/list}; without the query, which may hold credentials. */
    public static String of(HttpServletRequest request) {
        return of(request.getMethod(), request.getRequestURI());
    }

    /**
     * As {@link #of(HttpServletRequest)}, of a request that the container shows another address for.
     *
     * @param uri as it was sent, without the query
     */
    public static String of(String method, String uri) {
        String line = method + ' ' + uri;
        return line.length() > LIMIT ? line.substring(0, LIMIT) + '…' : line;
    }
}
