package io.longshore.registry.client.http;

import java.net.URI;
import java.util.Locale;

/**
 * Where a server is (RFC 6454, section 4). What is secret is for one origin.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 */
public record Origin(String scheme, String host, int port) {
    private static final String HTTPS = "https";

    /** The origin of an absolute URL with a host. */
    public static Origin of(URI uri) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : usualPort(scheme);
        return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
    }

    /** Whether nobody can listen. */
    public boolean isEncrypted() {
        return scheme.equals(HTTPS);
    }

    /** The host, with the port if that is not the usual one. */
    public String authority() {
        return port == usualPort(scheme) ? host : host + ':' + port;
    }

    private static int usualPort(String scheme) {
        return scheme.equals(HTTPS) ? 443 : 80;
    }

    @Override
    public String toString() {
        return scheme + "://" + authority();
    }
}
