package io.longshore.registry.it.protocol;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An exchange as a page shows it: a request, an empty line, and the reply to it.
 *
 * @param request as it is sent, but for line ends, {@code Host} and {@code Content-Length}
 * @param reply status line, headers in the order of their names, and body
 */
record Example(String request, String reply) {
    private static final String REPLY = "\n\nHTTP/1.1 ";

    static Example parse(String block) {
        int reply = block.indexOf(REPLY);
        if (reply < 0) {
            throw new AssertionError("an example without a reply: " + block);
        }
        return new Example(block.substring(0, reply), block.substring(reply + 2));
    }

    String method() {
        return request.substring(0, request.indexOf(' '));
    }

    /** Path and query. */
    String target() {
        return request.split(" ", 3)[1];
    }

    /** The path as it was sent, without the query. */
    String path() {
        return target().replaceFirst("\\?.*", "");
    }

    /** The lines before the body. */
    List<String> head() {
        return List.of(request.split("\n\n", 2)[0].split("\n"));
    }

    /** Empty if there is none. */
    String body() {
        int end = request.indexOf("\n\n");
        return end < 0 ? "" : request.substring(end + 2);
    }

    int status() {
        return Integer.parseInt(reply.split(" ", 3)[1]);
    }

    /** Whether the reply in the page shows this header. */
    boolean shows(String header) {
        return reply.split("\n\n", 2)[0].toLowerCase(Locale.ROOT)
                .contains("\n" + header.toLowerCase(Locale.ROOT) + ": ");
    }

    /** A reply in the form of a page, with the headers in the order of their names. */
    static String show(String statusLine, Map<String, List<String>> headers, String body) {
        StringBuilder text = new StringBuilder(statusLine);
        new TreeMap<>(headers).forEach((name, values) ->
                values.forEach(value -> text.append('\n').append(name).append(": ").append(value)));
        return body.isEmpty() ? text.toString() : text.append("\n\n").append(body).toString();
    }
}
