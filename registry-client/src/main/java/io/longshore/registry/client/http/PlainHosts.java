package io.longshore.registry.client.http;

import java.util.Set;

/**
 * The hosts that are spoken to without TLS.
 *
 * @param names each a host, or a host and its port
 * @param loopback whether this machine is one of them
 */
public record PlainHosts(Set<String> names, boolean loopback) {
    public PlainHosts {
        names = Set.copyOf(names);
    }

    /** Whether this host may be asked in the clear. */
    public boolean contain(Origin origin) {
        return names.contains(origin.host())
                || names.contains(origin.host() + ':' + origin.port())
                || loopback && isLoopback(origin.host());
    }

    /** Whether this is a name of this machine, without asking anybody who may say so. */
    public static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
