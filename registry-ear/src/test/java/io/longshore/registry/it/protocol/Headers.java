package io.longshore.registry.it.protocol;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Headers of replies, to be compared. */
final class Headers {

    private Headers() {}

    /** All but that which differs from second to second. */
    static Map<String, List<String>> withoutDate(Reply reply) {
        Map<String, List<String>> headers = new TreeMap<>(reply.headers());
        headers.keySet().removeIf(name -> name.equalsIgnoreCase("Date"));
        return headers;
    }
}
