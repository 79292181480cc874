package io.longshore.registry.client.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What can be said of addresses without asking anybody. */
final class Addresses {
    /** What is no name: the last label of a name has a letter in it that is not that of a number (WHATWG URL, 3.5). */
    private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)\\.?");

    /** What Java reads as an address of version 4 without asking for it. */
    private static final Pattern FOUR = Pattern.compile("\\d+(?:\\.\\d+){0,3}");

    private Addresses() {}

    /** Whether this is meant as an address, be it one or not. */
    static boolean isNumeric(String host) {
        return host.indexOf(':') >= 0 || NUMBER.matcher(host).matches();
    }

    /** The address that is written here, in brackets or not; none if it is a name, or nonsense. */
    static Optional<InetAddress> literal(String host) {
        if (host.indexOf(':') < 0 && !FOUR.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether it is not of the public internet (RFC 6890). */
    static boolean isInner(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || (address instanceof Inet6Address ? isInner6(bytes) : isInner4(bytes));
    }

    /** Of "this network" (0.0.0.0/8), shared (100.64.0.0/10), or reserved (240.0.0.0/4). */
    private static boolean isInner4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        return first == 0 || first == 100 && (bytes[1] & 0xc0) == 64 || first >= 240;
    }

    /** Unique local (fc00::/7); what stands for an IPv4 address by translation (64:ff9b::/96) or is compatible with it. */
    private static boolean isInner6(byte[] bytes) {
        if ((bytes[0] & 0xfe) == 0xfc) {
            return true;
        }
        boolean isTranslated = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff
                && (bytes[3] & 0xff) == 0x9b;
        boolean isCompatible = bytes[0] == 0 && bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0;
        for (int i = 4; i < 12; i++) {
            isTranslated &= bytes[i] == 0;
            isCompatible &= bytes[i] == 0;
        }
        return (isTranslated || isCompatible) && isInner(four(bytes));
    }

    private static InetAddress four(byte[] bytes) {
        try {
            return InetAddress.getByAddress(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]});
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
