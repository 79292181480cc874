package io.longshore.registry.it.protocol;

import io.longshore.registry.it.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/** Sends requests to one registry, over HTTP/1.1 unless told otherwise. Thread-safe. */
public final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI registry;
    private final HttpClient client;
    private final SocketFactory sockets;
    private final Optional<String> authorization;

    /** @param registry the root of the server, such as {@code http://127.0.0.1:41234/} */
    public Http(URI registry) {
        this(registry, CLIENT, SocketFactory.getDefault(), Optional.empty());
    }

    private Http(URI registry, HttpClient client, SocketFactory sockets, Optional<String> authorization) {
        this.registry = registry;
        this.client = client;
        this.sockets = sockets;
        this.authorization = authorization;
    }

    /**
     * A registry that is reached by HTTPS.
     *
     * @param tls whom it trusts and what it shows
     */
    public static Http secure(URI registry, SSLContext tls, HttpClient.Version version) {
        HttpClient client = HttpClient.newBuilder().version(version).sslContext(tls).build();
        return new Http(registry, client, tls.getSocketFactory(), Optional.empty());
    }

    /** The same registry, asked by somebody who shows this with every request. */
    public Http authorized(String value) {
        return new Http(registry, client, sockets, Optional.of(value));
    }

    /** The registry that {@code registry.url} names, or the built server with all settings as they come. */
    public static Http target() {
        String named = System.getProperty("registry.url");
        return new Http(named == null ? RegistryServer.shared().uri() : URI.create(named));
    }

    public URI registry() {
        return registry;
    }

    public Request get(String path) {
        return request("GET", path);
    }

    public Request head(String path) {
        return request("HEAD", path);
    }

    public Request post(String path) {
        return request("POST", path);
    }

    public Request patch(String path) {
        return request("PATCH", path);
    }

    public Request put(String path) {
        return request("PUT", path);
    }

    public Request delete(String path) {
        return request("DELETE", path);
    }

    /** @param path from the root of the server, or a whole URL as a {@code Location} may be */
    public Request request(String method, String path) {
        Request request = new Request(this, method, registry.resolve(path));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    /** A connection of its own, for what no HTTP client would send. The caller closes it. */
    public RawConnection connect() throws IOException {
        return RawConnection.to(registry, sockets);
    }

    Reply send(String name, HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
            Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(response.headers().map());
            // In HTTP/2 the status is a header.
            headers.remove(":status");
            return new Reply(name, response.statusCode(), headers, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + name, e);
        }
    }
}
