package io.longshore.registry.web.error;

import jakarta.servlet.http.HttpServletRequest;

/** What a request asked for, short enough to be logged and shown: method and path, both as they were sent. */
public final class RequestLine {
    private static final int LIMIT = 300;

    private RequestLine() {}

    /** Such as {@code GET /v2/library/alpine/tags/list}; without the query, which may hold credentials. */
    public static String of(HttpServletRequest request) {
        String line = request.getMethod() + ' ' + request.getRequestURI();
        return line.length() > LIMIT ? line.substring(0, LIMIT) + '…' : line;
    }
}
