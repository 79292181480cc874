package io.longshore.registry.launcher;

import io.longshore.registry.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;

/**
 * Where the registry listens.
 *
 * @param host a name or literal address without brackets; {@code 0.0.0.0} is all addresses, of IPv6 too
 * @param port 0 to 65535; 0 is any free port
 */
record HttpAddress(String host, int port) {

    private static final String ANY = "0.0.0.0";

    /** The address that is configured; nothing is resolved. */
    static HttpAddress of(HostPort configured) {
        return new HttpAddress(configured.host().orElse(ANY), configured.port());
    }

    /**
     * Finds out whether the registry can listen there, and settles on a port where any will do.
     *
     * @throws StartException if the port is taken, is not allowed to this user, or the host is not of this machine
     */
    HttpAddress claim() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
            return new HttpAddress(host, socket.getLocalPort());
        } catch (IOException e) {
            throw new StartException("cannot listen on " + this + ": " + e.getMessage()
                    + ". Set REGISTRY_HTTP_ADDR to another address.", e);
        }
    }

    /** An address under which this machine reaches the registry. */
    URI reachable(boolean tls, String path) {
        boolean local = host.equals(ANY) || host.equals("::") || host.equals("127.0.0.1");
        return URI.create((tls ? "https://" : "http://") + (local ? "localhost" : bracketed()) + ":" + port + path);
    }

    private String bracketed() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    @Override
    public String toString() {
        return bracketed() + ":" + port;
    }
}
