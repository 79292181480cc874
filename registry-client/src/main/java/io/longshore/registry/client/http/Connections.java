package io.longshore.registry.client.http;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.longshore.registry.client.http.SentBody.Turn;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * The connections to servers: each takes one request and gives its reply, for as long as something moves. Thread-safe.
 *
 * <p>HTTP/2 is spoken with whom offers it in a TLS handshake. Without it, there are as many connections as requests at
 * the same time.
 */
public final class Connections {
    private final ConnectionSettings settings;
    private final Origin registry;
    private final Map<Manner, HttpClient> clients = new ConcurrentHashMap<>();

    /** A client believes and shows the same to all that it speaks to: there is one for each manner. */
    private record Manner(boolean isChecked, boolean isRegistry) {}

    /**
     * Connects to nobody yet.
     *
     * @param registry who is shown a certificate of the client
     * @throws IllegalStateException if there is a login for a proxy that Java would not send
     */
    public Connections(ConnectionSettings settings, Origin registry) {
        this.settings = settings;
        this.registry = registry;
        settings.proxy().ifPresent(proxy -> proxy.checkLogin(System.getProperty(HttpProxy.DISABLED)));
    }

    /** Sends it once, and waits until the reply begins. Its body is to be closed. */
    HttpResponse<SteadyBody> send(Request request) throws IOException {
        Patience patience = settings.patience();
        SentBody body = new SentBody(request.body());
        CompletableFuture<HttpResponse<SteadyBody>> reply = client(Origin.of(request.uri())).sendAsync(
                encode(request, body), head -> new SteadyBody(patience.idle(), length(request, head)));
        try {
            return checkProxy(request, await(reply, body));
        } catch (InterruptedException e) {
            abandon(reply);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(request + ": interrupted");
        } catch (HttpTimeoutException e) {
            abandon(reply);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
        }
    }

    private HttpResponse<SteadyBody> checkProxy(Request request, HttpResponse<SteadyBody> reply) throws IOException {
        if (reply.statusCode() != 407) {
            return reply;
        }
        // One that opens no tunnel has none.
        Optional.ofNullable(reply.body()).ifPresent(SteadyBody::close);
        throw new Refusal(request + ": the proxy" + settings.proxy().map(proxy -> " " + proxy).orElse("")
                + " wants another login");
    }

    private static OptionalLong length(Request request, ResponseInfo head) {
        boolean hasBody = !request.method().equals("HEAD");
        return hasBody ? head.headers().firstValueAsLong("Content-Length") : OptionalLong.of(0);
    }

    private static void abandon(CompletableFuture<HttpResponse<SteadyBody>> reply) {
        if (!reply.cancel(true)) {
            reply.thenAccept(late -> late.body().close());
        }
    }

    private HttpRequest encode(Request request, SentBody body) {
        Origin origin = Origin.of(request.uri());
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(request.method(), body)
                .setHeader("User-Agent", settings.userAgent());
        if (!origin.isEncrypted()) {
            // An offer to change to HTTP/2 in the clear is of no use, and some servers choke on it.
            builder.version(Version.HTTP_1_1);
        }
        request.headers().forEach(builder::setHeader);
        settings.proxy()
                .filter(proxy -> proxy.serves(origin))
                .flatMap(HttpProxy::authorization)
                .ifPresent(login -> builder.setHeader("Proxy-Authorization", login));
        return builder.build();
    }

    private HttpResponse<SteadyBody> await(CompletableFuture<HttpResponse<SteadyBody>> reply, SentBody body)
            throws IOException, InterruptedException, ExecutionException {
        while (true) {
            SentBody.State state = body.state();
            Duration limit = state.turn() == Turn.ANSWER ? settings.patience().reply() : settings.patience().idle();
            long left = limit.toNanos() - (System.nanoTime() - state.since());
            try {
                // How long the content takes to be read is not the server's fault.
                return reply.get(state.turn() == Turn.CONTENT ? limit.toNanos() : Math.max(left, 0), NANOSECONDS);
            } catch (TimeoutException e) {
                if (left <= 0 && state.turn() != Turn.CONTENT && state == body.state()) {
                    throw new HttpTimeoutException(state.turn() == Turn.ANSWER
                            ? "no answer for " + limit.toSeconds() + " s"
                            : "the request was not taken for " + limit.toSeconds() + " s");
                }
            }
        }
    }

    /** Whether it is somebody else who looks this name up. */
    boolean isProxied(Request request) {
        return settings.proxy().map(proxy -> proxy.serves(Origin.of(request.uri()))).orElseGet(() ->
                Optional.ofNullable(ProxySelector.getDefault())
                        .filter(selector -> selector.select(request.uri()).get(0).type() != Proxy.Type.DIRECT)
                        .isPresent());
    }

    private HttpClient client(Origin origin) {
        boolean isRegistry = settings.identity().isPresent() && origin.equals(registry);
        return clients.computeIfAbsent(new Manner(!settings.isUnchecked(origin), isRegistry), this::make);
    }

    private HttpClient make(Manner manner) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.patience().connect());
        settings.proxy().map(HttpProxy::selector).ifPresent(builder::proxy);
        Optional<ClientIdentity> identity = settings.identity().filter(known -> manner.isRegistry());
        if (!manner.isChecked()) {
            builder.sslContext(Trust.inAnybody(identity));
        } else if (!settings.authorities().isEmpty() || identity.isPresent()) {
            builder.sslContext(Trust.in(settings.authorities(), identity));
        }
        return builder.build();
    }
}
