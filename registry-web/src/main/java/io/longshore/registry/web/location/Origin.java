package io.longshore.registry.web.location;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Scheme and authority that a client used, as the proxies in front say. */
final class Origin {
    private static final Pattern SCHEME = Pattern.compile("https?");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?:[A-Za-z0-9._-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(?::[0-9]{1,5})?");
    private static final Pattern FORWARDED_PAIR = Pattern.compile("([A-Za-z]+)=(?:\"([^\"]*)\"|([^\";,]*))");

    private Origin() {}

    static String of(HttpServletRequest request) {
        String forwarded = first(request.getHeader("Forwarded"));
        String scheme = valid(SCHEME, parameter(forwarded, "proto"));
        String authority = valid(AUTHORITY, parameter(forwarded, "host"));
        if (scheme == null) {
            scheme = valid(SCHEME, first(request.getHeader("X-Forwarded-Proto")));
        }
        if (authority == null) {
            authority = valid(AUTHORITY, first(request.getHeader("X-Forwarded-Host")));
        }
        if (authority == null) {
            authority = valid(AUTHORITY, request.getHeader("Host"));
        }
        return (scheme == null ? request.getScheme() : scheme.toLowerCase(Locale.ROOT))
                + "://"
                + (authority == null ? request.getLocalName() + ":" + request.getLocalPort() : authority);
    }

    /** The element of a list that the outermost proxy wrote. */
    private static String first(String list) {
        return list == null ? "" : list.split(",", 2)[0].trim();
    }

    private static String parameter(String forwarded, String name) {
        Matcher pair = FORWARDED_PAIR.matcher(forwarded);
        while (pair.find()) {
            if (pair.group(1).equalsIgnoreCase(name)) {
                return pair.group(2) == null ? pair.group(3).trim() : pair.group(2);
            }
        }
        return null;
    }

    /** Null if it does not match: what a client made up is not sent back. */
    private static String valid(Pattern grammar, String value) {
        return value != null && grammar.matcher(value).matches() ? value : null;
    }
}
