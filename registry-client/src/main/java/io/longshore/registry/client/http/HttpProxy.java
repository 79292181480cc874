package io.longshore.registry.client.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An HTTP proxy that requests go through: those without TLS are handed to it, for those with TLS it opens a tunnel
 * (RFC 9110, section 9.3.6). It looks up the names of hosts. This machine is never asked through it. Prints without
 * its password. Immutable.
 *
 * <p>Name and password for tunnels are off in Java unless {@code -Djdk.http.auth.tunneling.disabledSchemes=} is said on
 * its command line, or set before anything uses HTTP.
 */
public final class HttpProxy {
    /** What Java reads once, when something uses HTTP first. */
    static final String DISABLED = "jdk.http.auth.tunneling.disabledSchemes";
    private static final int USUAL_PORT = 3128;

    private final String host;
    private final int port;
    private final Optional<String> authorization;
    private final List<HostPattern> exceptions;

    private HttpProxy(String host, int port, Optional<String> authorization, List<HostPattern> exceptions) {
        this.host = host;
        this.port = port;
        this.authorization = authorization;
        this.exceptions = List.copyOf(exceptions);
    }

    /** @throws IllegalArgumentException if the port is none */
    public static HttpProxy of(String host, int port) {
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("a proxy is a host and a port");
        }
        return new HttpProxy(host, port, Optional.empty(), List.of());
    }

    /**
     * Reads what stands in {@code HTTPS_PROXY}: {@code [http://][user:password@]host[:port]}, with what is special in
     * name and password written as in URLs. The port is 3128 if not said.
     *
     * @throws IllegalArgumentException if it is none of these, without what it is; {@code https} and {@code socks} as
     *     well, which Java knows no way to
     */
    public static HttpProxy parse(String text) {
        URI uri;
        try {
            uri = URI.create(text.contains("://") ? text : "http://" + text);
        } catch (IllegalArgumentException e) {
            // What it says shows the password.
            throw new IllegalArgumentException("a proxy is written http://host:port");
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("a proxy is written http://host:port");
        }
        HttpProxy proxy = of(uri.getHost(), uri.getPort() < 0 ? USUAL_PORT : uri.getPort());
        if (uri.getRawUserInfo() == null) {
            return proxy;
        }
        String[] pair = uri.getRawUserInfo().split(":", 2);
        return proxy.login(decode(pair[0]), pair.length == 1 ? "" : decode(pair[1]));
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /**
     * What the environment says, as other tools understand it: {@code HTTPS_PROXY} or {@code ALL_PROXY}, and {@code
     * NO_PROXY}, each in lower case, too.
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static Optional<HttpProxy> ofEnvironment(Map<String, String> environment) {
        String none = first(environment, "no_proxy", "NO_PROXY").orElse("");
        return first(environment, "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
                .map(text -> parse(text).except(List.of(none.split("[,\\s]+"))));
    }

    private static Optional<String> first(Map<String, String> environment, String... names) {
        return Stream.of(names)
                .flatMap(name -> Stream.ofNullable(environment.get(name)))
                .filter(value -> !value.isBlank())
                .findFirst();
    }

    /**
     * The same with a login.
     *
     * @throws IllegalArgumentException if the name has a colon, which cannot be sent
     */
    public HttpProxy login(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("the name of a user has no colon");
        }
        byte[] pair = (user + ':' + password).getBytes(StandardCharsets.UTF_8);
        return new HttpProxy(
                host, port, Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)), exceptions);
    }

    /**
     * The same, but not for these hosts: {@code example.com} with all beneath it, {@code .example.com} beneath it only,
     * {@code *} for all, an address, or a network such as {@code 10.0.0.0/8}; with a port, on that port only.
     */
    public HttpProxy except(Collection<String> hosts) {
        return new HttpProxy(
                host, port, authorization,
                hosts.stream().filter(text -> !text.isBlank()).map(HostPattern::parse).toList());
    }

    /** Whether this server is asked through it. */
    boolean serves(Origin origin) {
        return !PlainHosts.isLoopback(origin.host())
                && exceptions.stream().noneMatch(exception -> exception.matches(origin));
    }

    /** For Java's client. */
    ProxySelector selector() {
        Proxy proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of(serves(Origin.of(uri)) ? proxy : Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // There is no other to try: the request fails.
            }
        };
    }

    /** The value of {@code Proxy-Authorization} (RFC 9110, section 11.7.2). */
    Optional<String> authorization() {
        return authorization;
    }

    /**
     * Java would send a tunnel no password, and say so to nobody.
     *
     * @param disabled the ways of logging in that Java leaves out for tunnels; null for those that it always does
     */
    void checkLogin(String disabled) {
        String ways = disabled == null ? "Basic" : disabled;
        if (authorization.isPresent() && ways.toLowerCase(Locale.ROOT).contains("basic")) {
            throw new IllegalStateException("this Java sends proxies no passwords: start it with -D" + DISABLED + "=");
        }
    }

    @Override
    public String toString() {
        return host + ':' + port;
    }
}
