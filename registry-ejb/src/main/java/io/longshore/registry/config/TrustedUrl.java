package io.longshore.registry.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Addresses from which things come that are believed, such as keys: nobody on the way must be able to change them. */
public final class TrustedUrl {
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    private TrustedUrl() {}

    /**
     * Whether this is an address of HTTPS, or of HTTP on this machine.
     *
     * @param plain whether any address of HTTP will do, too
     */
    public static boolean isSafe(URI url, boolean plain) {
        if (url.getScheme() == null || url.getHost() == null || url.getRawUserInfo() != null) {
            return false;
        }
        return switch (url.getScheme().toLowerCase(Locale.ROOT)) {
            case "https" -> true;
            case "http" -> plain || LOOPBACK.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
            default -> false;
        };
    }

    /**
     * Reads an absolute address of HTTP or HTTPS, without a fragment.
     *
     * @throws IllegalArgumentException if it is none; the message says what was expected
     */
    static URI parse(String text) {
        String expected = "expected https:// or http:// with a host, and perhaps a port, a path and a query";
        try {
            URI url = new URI(text);
            if (!isSafe(url, true) || url.getRawFragment() != null || url.getPort() > 65535) {
                throw new IllegalArgumentException(expected);
            }
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }
}
