package io.longshore.registry.web.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a registry is.
 *
 * @param host with its port if that is not the usual one
 * @param plain whether without TLS
 */
record RegistryUrl(String host, boolean plain) {
    private static final String EXPECTED = "expected the address of a registry, such as https://registry.example:5000";

    /** @throws IllegalArgumentException if it is none; the message says what was expected */
    static RegistryUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(EXPECTED, e);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        boolean bare = uri.getRawPath() != null && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                && uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
        if (!bare || uri.getHost() == null || !scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return new RegistryUrl(uri.getRawAuthority(), scheme.equals("http"));
    }

    /** As it is read. */
    static String of(String host, boolean plain) {
        return (plain ? "http://" : "https://") + host;
    }
}
