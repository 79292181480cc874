package io.longshore.registry.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Addresses that share their first bits, such as {@code 10.0.0.0/8}, {@code fd00::/8} or a single one.
 *
 * @param bits how many of the first bits count
 */
public record AddressRange(InetAddress first, int bits) {
    /** A literal, so that nothing is ever resolved. */
    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        InetAddress first = address(slash < 0 ? text : text.substring(0, slash));
        int most = first.getAddress().length * Byte.SIZE;
        String bits = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > most) {
            throw new IllegalArgumentException("expected at most " + most + " bits behind the slash of an address");
        }
        return new AddressRange(first, Integer.parseInt(bits));
    }

    private static InetAddress address(String text) {
        String expected = "expected an IP address, or a range such as 10.0.0.0/8";
        if (!LITERAL.matcher(text).matches()) {
            throw new IllegalArgumentException(expected);
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    /** Whether a text is an address, as digits. */
    public static boolean isAddress(String text) {
        try {
            address(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether {@code text} is an address, and of this range. */
    public boolean contains(String text) {
        if (!isAddress(text)) {
            return false;
        }
        byte[] other = address(text).getAddress();
        byte[] own = first.getAddress();
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if (((own[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
