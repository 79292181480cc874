package io.longshore.registry.notification.http;

import io.longshore.registry.config.Secret;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The headers that an endpoint adds to requests. */
public final class OwnHeaders {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");
    // What is beyond ASCII would be written by some as UTF-8 and by others as Latin-1.
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7E]*");
    private static final String SIGNATURES = "webhook-";
    /** What the registry says itself, or what belongs to the connection. */
    private static final Set<String> RESERVED = Set.of(
            "connection", "content-encoding", "content-length", "content-type", "expect", "host", "keep-alive",
            "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade");

    private OwnHeaders() {}

    /**
     * Whether an endpoint may have these headers.
     *
     * @throws IllegalArgumentException if not; the message names the header, and nothing of its values
     */
    public static void check(Map<String, List<Secret>> headers) {
        headers.forEach((name, values) -> {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("expected names of headers without spaces and control characters");
            }
            if (isReserved(name)) {
                throw new IllegalArgumentException("the header " + name + " is the registry's own");
            }
            for (Secret value : values) {
                if (!VALUE.matcher(value.reveal()).matches()) {
                    throw new IllegalArgumentException("expected printable ASCII as the value of the header " + name);
                }
            }
        });
    }

    private static boolean isReserved(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith(SIGNATURES) || RESERVED.contains(lower);
    }
}
