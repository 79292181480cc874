package io.longshore.registry.client.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps a registry of the internet from leading its clients to servers of the network that they are in: by redirects,
 * by where an upload goes on, and by where tokens are given out. Hosts at addresses of this machine, of private
 * networks and of links are asked only if the registry itself is at one, or somebody named them. Thread-safe.
 */
public final class Fence {
    private final Origin registry;
    private final Set<String> allowedHosts;
    private final Resolver resolver;

    /** Finds out where hosts are. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** @param allowedHosts each a host, or a host and its port */
    public Fence(Origin registry, Set<String> allowedHosts) {
        this(registry, allowedHosts, InetAddress::getAllByName);
    }

    Fence(Origin registry, Set<String> allowedHosts, Resolver resolver) {
        this.registry = registry;
        this.allowedHosts = Set.copyOf(allowedHosts);
        this.resolver = resolver;
    }

    /**
     * Fails if the request leads behind the fence.
     *
     * @param isProxied whether somebody else looks the name up: then only addresses are known for what they are
     */
    void check(Request request, boolean isProxied) throws IOException {
        Origin target = Origin.of(request.uri());
        if (target.host().equals(registry.host()) || isAllowed(target) || !isInner(target.host(), isProxied)) {
            return;
        }
        if (!isInner(registry.host(), isProxied)) {
            throw new Refusal(request + ": " + registry.host() + " leads to " + target.host() + ", which is in an inner"
                    + " network, and is in none itself; that host has to be allowed by name");
        }
    }

    private boolean isAllowed(Origin target) {
        return allowedHosts.contains(target.host()) || allowedHosts.contains(target.host() + ':' + target.port());
    }

    private boolean isInner(String host, boolean isProxied) {
        return addresses(host, isProxied).stream().anyMatch(Addresses::isInner);
    }

    private List<InetAddress> addresses(String host, boolean isProxied) {
        if (isProxied && !Addresses.isNumeric(host)) {
            return PlainHosts.isLoopback(host) ? List.of(InetAddress.getLoopbackAddress()) : List.of();
        }
        try {
            return Stream.of(resolver.addresses(host)).toList();
        } catch (UnknownHostException e) {
            // What Java does not find it does not ask; what it takes for a broken address, a proxy may understand.
            return isProxied ? List.of(InetAddress.getLoopbackAddress()) : List.of();
        }
    }
}
