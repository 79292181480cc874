package io.longshore.registry.notification.http;

import io.longshore.registry.config.AddressRange;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which servers events may be sent to: whoever makes an endpoint must not reach with it what the registry alone can
 * reach. Immutable.
 *
 * <p>Internal are the addresses of the machine itself, of its links (such as 169.254.169.254, where clouds tell
 * credentials), of private networks, and all that are no address of a single machine of the Internet. An IPv6 address
 * that stands for an IPv4 address is judged as that.
 *
 * @param plain whether HTTP will do, or HTTPS alone
 * @param internal whether internal addresses are permitted
 * @param permitted addresses that are permitted even if they are internal
 */
public record TargetRules(boolean plain, boolean internal, List<AddressRange> permitted) {
    /** HTTPS, and the Internet. */
    public static final TargetRules STRICT = new TargetRules(false, false, List.of());

    private static final List<AddressRange> INTERNAL = Stream.of(
                    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
                    "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4",
                    // unspecified, loopback and what once stood for IPv4; NAT64 of the own network; Teredo
                    "::/96", "64:ff9b:1::/48", "2001::/32",
                    "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8")
            .map(AddressRange::parse)
            .toList();
    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96");
    private static final AddressRange SIX_TO_FOUR = AddressRange.parse("2002::/16");

    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");
    private static final Pattern IPV4 = Pattern.compile("(?:0|[1-9][0-9]{0,2})(?:\\.(?:0|[1-9][0-9]{0,2})){3}");
    private static final Pattern LOCALHOST = Pattern.compile("(?:.*\\.)?localhost\\.?");
    private static final int MAX_PORT = 65535;

    public TargetRules {
        permitted = List.copyOf(permitted);
    }

    /**
     * Checks the URL of an endpoint, as far as the text says: nothing is resolved. What its host's addresses are is
     * looked at when a connection is made.
     *
     * @throws IllegalArgumentException if nothing may be sent there; the message says why, and does not repeat the URL
     */
    public void check(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(plain && scheme.equals("http"))) {
            throw new IllegalArgumentException(
                    plain ? "expected a URL of https:// or http://" : "expected a URL of https://");
        }
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("expected a URL without user and password; these belong into a header");
        }
        checkRest(url);
    }

    /**
     * Checks the URL of a proxy in the same way. It is of HTTP and may have a user and a password.
     *
     * @throws IllegalArgumentException if it cannot be used; the message says why, and does not repeat the URL
     */
    public void checkProxy(URI proxy) {
        if (!"http".equalsIgnoreCase(proxy.getScheme())) {
            throw new IllegalArgumentException("expected the URL of a proxy to begin with http://");
        }
        checkRest(proxy);
    }

    private void checkRest(URI url) {
        if (url.getRawFragment() != null) {
            throw new IllegalArgumentException("expected a URL without a fragment");
        }
        if (url.getHost() == null) {
            throw new IllegalArgumentException("expected a URL with a host: a name of letters, digits, '-' and '.',"
                    + " an IPv4 address as four decimal numbers, or an IPv6 address in brackets");
        }
        if (url.getPort() == 0 || url.getPort() > MAX_PORT) {
            throw new IllegalArgumentException("expected a port from 1 to " + MAX_PORT);
        }
        checkHost(url.getHost().toLowerCase(Locale.ROOT));
    }

    /** A name is left to whoever resolves it; an address in any other than the plain spelling is refused. */
    private void checkHost(String host) {
        if (host.startsWith("[")) {
            checkLiteral(host.substring(1, host.length() - 1));
        } else if (ENDS_IN_NUMBER.matcher(host).matches()) {
            if (!IPV4.matcher(host).matches()) {
                throw new IllegalArgumentException("expected an IPv4 address as four decimal numbers");
            }
            checkLiteral(host);
        } else if (LOCALHOST.matcher(host).matches()) {
            checkLiteral("127.0.0.1");
        }
    }

    private void checkLiteral(String literal) {
        if (!AddressRange.isAddress(literal)) {
            throw new IllegalArgumentException("expected an IP address without a zone");
        }
        if (!permits(address(literal))) {
            throw new IllegalArgumentException(
                    literal + " is an address of this machine or of an internal network, which is not permitted");
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("expected an IP address", e);
        }
    }

    /** Whether a connection to this address may be made. */
    public boolean permits(InetAddress address) {
        return internal || contains(permitted, address) || !isInternal(address);
    }

    private static boolean isInternal(InetAddress address) {
        String text = text(address);
        byte[] bytes = address.getAddress();
        if (NAT64.contains(text)) {
            return isInternal(ipv4(bytes, 12));
        }
        if (SIX_TO_FOUR.contains(text)) {
            return isInternal(ipv4(bytes, 2));
        }
        return contains(INTERNAL, address);
    }

    private static InetAddress ipv4(byte[] ipv6, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(ipv6, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean contains(List<AddressRange> ranges, InetAddress address) {
        String text = text(address);
        return ranges.stream().anyMatch(range -> range.contains(text));
    }

    /** Without the zone. */
    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
