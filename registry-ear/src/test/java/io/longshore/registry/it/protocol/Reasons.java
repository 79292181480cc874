package io.longshore.registry.it.protocol;

import java.util.Map;

/** The words behind a status (RFC 9110, section 15), which servers spell as they like and clients ignore. */
final class Reasons {
    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(202, "Accepted"),
            Map.entry(204, "No Content"),
            Map.entry(206, "Partial Content"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(409, "Conflict"),
            Map.entry(416, "Range Not Satisfiable"));

    private Reasons() {}

    static String of(int status) {
        return WORDS.getOrDefault(status, "");
    }
}
