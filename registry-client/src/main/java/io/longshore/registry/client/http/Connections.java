package io.longshore.registry.client.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The connections to servers: each takes one request and gives its reply, for as long as something moves. Thread-safe.
 */
public final class Connections {
    private final HttpClient http;
    private final Patience patience;

    /** Connects to nobody yet. */
    public Connections(Patience patience) {
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience.connect())
                .build();
    }

    /** Sends it once, and waits until the reply begins. Its body is to be closed. */
    HttpResponse<SteadyBody> send(Request request) throws IOException {
        SentBody body = new SentBody(request.body());
        CompletableFuture<HttpResponse<SteadyBody>> reply =
                http.sendAsync(encode(request, body), head -> new SteadyBody(patience.idle(), length(request, head)));
        try {
            return await(reply, body);
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

    private static OptionalLong length(Request request, ResponseInfo head) {
        boolean hasBody = !request.method().equals("HEAD");
        return hasBody ? head.headers().firstValueAsLong("Content-Length") : OptionalLong.of(0);
    }

    private static void abandon(CompletableFuture<HttpResponse<SteadyBody>> reply) {
        if (!reply.cancel(true)) {
            reply.thenAccept(late -> late.body().close());
        }
    }

    private static HttpRequest encode(Request request, SentBody body) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(request.method(), body)
                .setHeader("User-Agent", "longshore");
        if (!Origin.of(request.uri()).isEncrypted()) {
            // An offer to change to HTTP/2 in the clear is of no use, and some servers choke on it.
            builder.version(Version.HTTP_1_1);
        }
        request.headers().forEach(builder::setHeader);
        return builder.build();
    }

    private HttpResponse<SteadyBody> await(CompletableFuture<HttpResponse<SteadyBody>> reply, SentBody body)
            throws IOException, InterruptedException, ExecutionException {
        while (true) {
            boolean isSent = body.isSent();
            long limit = (isSent ? patience.reply() : patience.idle()).toNanos();
            long left = limit - (System.nanoTime() - body.movedAt());
            try {
                return reply.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (left <= 0 && isSent == body.isSent()) {
                    throw new HttpTimeoutException(isSent ? "no answer for " + patience.reply().toSeconds() + " s"
                            : "the request was not taken for " + patience.idle().toSeconds() + " s");
                }
            }
        }
    }
}
