package io.longshore.registry.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the registry listens.
 *
 * @param host a name or literal address without brackets; {@code 0.0.0.0} is all addresses, of IPv6 too
 * @param port 0 to 65535; 0 is any free port
 */
record HttpAddress(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^:\\[\\]]*)):(\\d{1,5})");
    private static final String ANY = "0.0.0.0";
    private static final int HIGHEST_PORT = 65535;

    /**
     * Reads {@code host:port}, {@code [IPv6]:port} or {@code :port}, which means all addresses.
     *
     * @throws StartException if it has none of these forms
     */
    static HttpAddress parse(String value) {
        Matcher matcher = FORM.matcher(value.strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(3)) > HIGHEST_PORT) {
            throw new StartException("http.addr is \"" + value + "\"; it must be host:port, such as 127.0.0.1:5000,"
                    + " or :port for all addresses");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new HttpAddress(host.isEmpty() ? ANY : host, Integer.parseInt(matcher.group(3)));
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
                    + ". REGISTRY_HTTP_ADDR names another address.", e);
        }
    }

    /** An address under which this machine reaches the registry. */
    URI reachable(String path) {
        boolean local = host.equals(ANY) || host.equals("::") || host.equals("127.0.0.1");
        return URI.create("http://" + (local ? "localhost" : bracketed()) + ":" + port + path);
    }

    private String bracketed() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    @Override
    public String toString() {
        return bracketed() + ":" + port;
    }
}
