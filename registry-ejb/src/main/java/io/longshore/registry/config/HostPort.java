package io.longshore.registry.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen on. Nothing is resolved.
 *
 * @param host a host name or an IP address, IPv6 without brackets; empty for all addresses of the machine
 * @param port 0 to 65535; 0 is any free port
 */
public record HostPort(Optional<String> host, int port) {
    private static final Pattern GRAMMAR =
            Pattern.compile("(?:([A-Za-z0-9][A-Za-z0-9._-]*)|\\[([0-9A-Fa-f:.]+)(%[A-Za-z0-9._-]+)?])?:([0-9]{1,5})");
    private static final String EXPECTED =
            "expected host:port, :port or [IPv6 address]:port with a port from 0 to 65535";

    /**
     * @throws IllegalArgumentException if the port is out of range
     */
    public HostPort {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException(EXPECTED);
        }
    }

    /**
     * Reads {@code host:port}, {@code :port} or {@code [IPv6]:port}.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    public static HostPort parse(String text) {
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches() || matcher.group(2) != null && !isIpv6(matcher.group(2))) {
            throw new IllegalArgumentException(EXPECTED);
        }
        Optional<String> host = Optional.ofNullable(matcher.group(1))
                .or(() -> Optional.ofNullable(matcher.group(2)).map(address -> address + scope(matcher.group(3))));
        return new HostPort(host, Integer.parseInt(matcher.group(4)));
    }

    private static String scope(String scope) {
        return scope == null ? "" : scope;
    }

    private static boolean isIpv6(String address) {
        try {
            // A literal in brackets is checked and never looked up.
            return address.contains(":") && InetAddress.getByName("[" + address + "]") != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** As it is written in the configuration. */
    /** Whether this machine alone reaches it, as far as the text says; nothing is resolved. */
    public boolean isLoopback() {
        return host.filter(name -> name.startsWith("127.") || name.equals("localhost") || name.equals("::1"))
                .isPresent();
    }

    @Override
    public String toString() {
        return host.map(name -> name.contains(":") ? "[" + name + "]" : name).orElse("") + ":" + port;
    }
}
