package io.longshore.registry.web.location;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the header {@code Forwarded} (RFC 7239, section 4). */
final class Forwarded {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final Pattern PAIR =
            Pattern.compile("\\G\\s*+(" + TOKEN + ")=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(" + TOKEN + "))\\s*+(;|,|$)");

    private Forwarded() {}

    /**
     * The parameters of the first element, which the proxy next to the client wrote, by lower-case name.
     *
     * @param header null if the request has none
     * @return empty as well if the element breaks the grammar: nothing in it can be relied on
     */
    static Map<String, String> firstElement(String header) {
        if (header == null) {
            return Map.of();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher pair = PAIR.matcher(header);
        while (pair.find()) {
            String value = pair.group(2) == null ? pair.group(3) : pair.group(2).replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(pair.group(1).toLowerCase(Locale.ROOT), value);
            if (!pair.group(4).equals(";")) {
                return parameters;
            }
        }
        return Map.of();
    }
}
