package io.longshore.registry.client.http;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How servers are connected to. Immutable.
 *
 * @param userAgent what the client calls itself (RFC 9110, section 10.1.5)
 * @param proxy what requests go through; if none, that which Java is configured with
 * @param authorities whom certificates of servers may be from, beside those that Java believes
 * @param identity shown to the registry alone, if it asks for a certificate
 * @param uncheckedHosts each {@code host:port}, or a host for port 443, whose certificate is not looked at
 */
public record ConnectionSettings(
        Patience patience, String userAgent, Optional<HttpProxy> proxy, List<X509Certificate> authorities,
        Optional<ClientIdentity> identity, Set<String> uncheckedHosts) {
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+(?: [\\x21-\\x7e]+)*");

    /** Directly, believing whom Java believes. */
    public static final ConnectionSettings DEFAULT = new ConnectionSettings(
            Patience.DEFAULT, "longshore", Optional.empty(), List.of(), Optional.empty(), Set.of());

    public ConnectionSettings {
        authorities = List.copyOf(authorities);
        uncheckedHosts = Set.copyOf(uncheckedHosts);
        if (!VISIBLE.matcher(userAgent).matches()) {
            throw new IllegalArgumentException("a client calls itself by what can be sent in a header");
        }
    }

    /** The same with other limits. */
    public ConnectionSettings with(Patience limits) {
        return new ConnectionSettings(limits, userAgent, proxy, authorities, identity, uncheckedHosts);
    }

    /**
     * The same under another name.
     *
     * @throws IllegalArgumentException if that cannot be sent in a header
     */
    public ConnectionSettings withUserAgent(String name) {
        return new ConnectionSettings(patience, name, proxy, authorities, identity, uncheckedHosts);
    }

    /** The same through this proxy. */
    public ConnectionSettings with(HttpProxy other) {
        return new ConnectionSettings(patience, userAgent, Optional.of(other), authorities, identity, uncheckedHosts);
    }

    /** The same, believing these authorities as well. */
    public ConnectionSettings withAuthorities(Collection<X509Certificate> more) {
        List<X509Certificate> all = new ArrayList<>(authorities);
        all.addAll(more);
        return new ConnectionSettings(patience, userAgent, proxy, all, identity, uncheckedHosts);
    }

    /** The same, believing the authorities of a file in PEM as well. */
    public ConnectionSettings withAuthorities(Path file) throws IOException {
        return withAuthorities(PemFile.read(file).certificates());
    }

    /** The same, showing this to the registry. */
    public ConnectionSettings with(ClientIdentity other) {
        return new ConnectionSettings(patience, userAgent, proxy, authorities, Optional.of(other), uncheckedHosts);
    }

    /** The same, believing whoever answers there. */
    public ConnectionSettings withUncheckedHost(String hostAndPort) {
        Set<String> all = new HashSet<>(uncheckedHosts);
        all.add(hostAndPort);
        return new ConnectionSettings(patience, userAgent, proxy, authorities, identity, all);
    }

    /** Whether whoever answers there is believed. */
    public boolean isUnchecked(Origin origin) {
        return uncheckedHosts.contains(origin.host() + ':' + origin.port())
                || origin.port() == 443 && uncheckedHosts.contains(origin.host());
    }
}
