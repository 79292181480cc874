package io.longshore.registry.client.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * Some hosts, as {@code NO_PROXY} names them: {@code example.com} with all beneath it, {@code .example.com} beneath it
 * only, {@code *} for all, an address, or a network such as {@code 10.0.0.0/8}; with a port, on that port only.
 *
 * @param name in lower case, without a port
 * @param port -1 for any
 */
record HostPattern(String name, int port) {
    static HostPattern parse(String text) {
        String lower = text.trim().toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        boolean hasPort = colon > 0 && (lower.indexOf(':') == colon || lower.charAt(colon - 1) == ']')
                && lower.substring(colon + 1).matches("\\d{1,5}");
        String name = hasPort ? lower.substring(0, colon) : lower;
        return new HostPattern(
                name.startsWith("*.") ? name.substring(1) : name,
                hasPort ? Integer.parseInt(lower.substring(colon + 1)) : -1);
    }

    boolean matches(Origin origin) {
        if (port >= 0 && port != origin.port()) {
            return false;
        }
        if (name.equals("*")) {
            return true;
        }
        Optional<InetAddress> address = Addresses.literal(origin.host());
        if (address.isPresent()) {
            return isOf(address.get().getAddress());
        }
        return name.startsWith(".")
                ? origin.host().endsWith(name)
                : !name.isEmpty() && (origin.host().equals(name) || origin.host().endsWith('.' + name));
    }

    private boolean isOf(byte[] address) {
        int slash = name.indexOf('/');
        Optional<byte[]> network = Addresses.literal(slash < 0 ? name : name.substring(0, slash))
                .map(InetAddress::getAddress);
        if (network.isEmpty() || network.get().length != address.length) {
            return false;
        }
        int bits = 8 * address.length;
        if (slash >= 0) {
            String length = name.substring(slash + 1);
            if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > bits) {
                return false;
            }
            bits = Integer.parseInt(length);
        }
        return haveCommon(address, network.get(), bits);
    }

    private static boolean haveCommon(byte[] one, byte[] other, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((one[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
