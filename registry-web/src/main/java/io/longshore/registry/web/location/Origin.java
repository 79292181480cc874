package io.longshore.registry.web.location;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Scheme and authority that a client used, as the proxies in front say. Whoever can reach the registry can write these
 * headers, and gets them back in its own reply alone; but nothing that is no host is ever sent back.
 */
final class Origin {
    private static final Pattern SCHEME = Pattern.compile("(?i)https?");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private Origin() {}

    /** Such as {@code https://registry.example:8443}. */
    static String of(HttpServletRequest request) {
        Map<String, String> forwarded = Forwarded.firstElement(request.getHeader("Forwarded"));
        String scheme = valid(SCHEME, forwarded.get("proto"));
        if (scheme == null) {
            scheme = valid(SCHEME, first(request, "X-Forwarded-Proto"));
        }
        scheme = scheme == null ? request.getScheme() : scheme.toLowerCase(Locale.ROOT);
        String authority = valid(AUTHORITY, forwarded.get("host"));
        return scheme + "://" + (authority == null ? authority(request, scheme) : authority);
    }

    private static String authority(HttpServletRequest request, String scheme) {
        String authority = valid(AUTHORITY, first(request, "X-Forwarded-Host"));
        if (authority == null) {
            authority = valid(AUTHORITY, request.getHeader("Host"));
        }
        if (authority == null) {
            return request.getLocalName() + ':' + request.getLocalPort();
        }
        String port = valid(PORT, first(request, "X-Forwarded-Port"));
        boolean needsPort = port != null
                && authority.indexOf(':', authority.lastIndexOf(']') + 1) < 0
                && !port.equals(scheme.equals("https") ? "443" : "80");
        return needsPort ? authority + ':' + port : authority;
    }

    /** The element of a list that the proxy next to the client wrote; null if there is none. */
    private static String first(HttpServletRequest request, String header) {
        String list = request.getHeader(header);
        return list == null ? null : list.split(",", 2)[0].strip();
    }

    /** Null if it does not match. */
    private static String valid(Pattern grammar, String value) {
        return value != null && grammar.matcher(value).matches() ? value : null;
    }
}
