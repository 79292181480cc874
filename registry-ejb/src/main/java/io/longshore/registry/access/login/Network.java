package io.longshore.registry.access.login;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;

/** From where somebody comes, as far as it can be told from others. */
final class Network {
    /** Of an IPv6 address, what is given to a house or a machine: who has one address has all of these. */
    private static final int NETWORK_BYTES = 8;
    private static final int IPV6_BYTES = 16;

    private Network() {}

    /** An IPv4 address as it is, and of an IPv6 address the network. */
    static String of(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == IPV6_BYTES ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
