package io.longshore.registry.notification.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves the hosts that connections are made to, and gives permitted addresses only. What is checked is what is
 * connected to, so that a name that changes its address in between gains nothing.
 */
final class PermittedAddresses implements DnsResolver {
    private final TargetRules rules;
    private final Lookup lookup;

    PermittedAddresses(TargetRules rules, Lookup lookup) {
        this.rules = rules;
        this.lookup = lookup;
    }

    /** Finds the addresses of a name or of the written form of an address, such as {@link InetAddress#getAllByName}. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** The host has addresses, and none is permitted. Says no more: who asks must not learn what is inside. */
    static final class NotPermitted extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        NotPermitted() {
            super("the host has no address that is permitted: they are of this machine or of an internal network");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] all = lookup.addresses(host);
        InetAddress[] permitted = Arrays.stream(all).filter(rules::permits).toArray(InetAddress[]::new);
        if (permitted.length == 0) {
            throw all.length == 0 ? new UnknownHostException(host) : new NotPermitted();
        }
        return permitted;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
