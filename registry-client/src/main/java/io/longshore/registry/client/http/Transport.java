package io.longshore.registry.client.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Sends requests: again after failures that pass, and on to where a server says. Whatever it answers in the end is the
 * caller's to understand. Thread-safe.
 *
 * <p>{@code Authorization} goes to no other origin than that of the request, and nothing goes in the clear to a host
 * that is not meant to be asked so.
 */
public final class Transport {
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
    private static final Set<Integer> UNSIGNED = Set.of(400, 401, 403, 405, 501);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> REDIRECTS_OF_ALL_METHODS = Set.of(307, 308);

    private final Connections connections;
    private final PlainHosts plainHosts;
    private final Fence fence;
    private final RetryPolicy policy;
    private final Timing timing;
    private final WarningListener listener;

    public Transport(
            Connections connections, PlainHosts plainHosts, Fence fence, RetryPolicy policy, Timing timing,
            WarningListener listener) {
        this.connections = connections;
        this.plainHosts = plainHosts;
        this.fence = fence;
        this.policy = policy;
        this.timing = timing;
        this.listener = listener;
    }

    /** A full number of attempts, for what a caller repeats by itself. */
    public Retries retries() {
        return new Retries(policy, timing);
    }

    /** Whether the same request may have another answer a little later. */
    public static boolean isPassing(int status) {
        return PASSING.contains(status);
    }

    /**
     * Sends a request, up to as many times as the policy says if it can be repeated.
     *
     * @return the answer of any status, to be closed
     * @throws IOException if there is no answer; says method and URL without its query
     */
    public Response send(Request request) throws IOException {
        Retries retries = retries();
        boolean repeated = false;
        while (true) {
            try {
                Response response = follow(request, repeated);
                if (!request.repeatable() || !isPassing(response.status()) || !next(retries, response)) {
                    return response;
                }
                response.close();
            } catch (Refusal | InterruptedIOException e) {
                throw e;
            } catch (IOException e) {
                if (!request.repeatable() || isLasting(e) || !retries.next(Optional.empty())) {
                    throw new IOException(request + ": " + reason(e), e);
                }
            }
            repeated = true;
        }
    }

    private static boolean next(Retries retries, Response response) throws IOException {
        try {
            return retries.next(response.retryAfter());
        } catch (IOException e) {
            response.close();
            throw e;
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Whether the next attempt would fail in the same way: certificates, names that do not exist. */
    private static boolean isLasting(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLHandshakeException
                    || cause instanceof SSLPeerUnverifiedException
                    || cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private Response follow(Request request, boolean repeated) throws IOException {
        Request hop = request;
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            Response response = exchange(hop, repeated);
            if (isRefusedElsewhere(request, response)) {
                response.close();
                return follow(request.asGet(), repeated);
            }
            if (!isRedirect(hop, response)) {
                return response;
            }
            try (response) {
                hop = hop.redirected(target(hop, response));
            }
        }
        throw new Refusal(request + ": redirected more than " + MAX_REDIRECTS + " times");
    }

    /** Whether another host may give out what it does not let be looked at: links are signed for one method. */
    private static boolean isRefusedElsewhere(Request request, Response response) {
        return request.method().equals("HEAD")
                && UNSIGNED.contains(response.status())
                && !Origin.of(request.uri()).equals(Origin.of(response.request().uri()));
    }

    private static boolean isRedirect(Request hop, Response response) {
        return response.header("Location").isPresent()
                && (hop.isRead() ? REDIRECTS : REDIRECTS_OF_ALL_METHODS).contains(response.status());
    }

    private static URI target(Request hop, Response response) throws IOException {
        URI target = response.location();
        Origin from = Origin.of(hop.uri());
        Origin to = Origin.of(target);
        if (from.isEncrypted() && !to.isEncrypted()) {
            throw new Refusal(hop + ": redirected to " + to + ", which is not encrypted");
        }
        if (hop.confined() && !from.equals(to)) {
            throw new Refusal(hop + ": redirected to " + to + ", which what is sent is not meant for");
        }
        return target;
    }

    private Response exchange(Request request, boolean repeated) throws IOException {
        Origin origin = Origin.of(request.uri());
        if (!origin.isEncrypted() && !(origin.scheme().equals("http") && plainHosts.contain(origin))) {
            throw new Refusal(request + ": " + origin.authority() + " is to be asked by https only");
        }
        fence.check(request, connections.isProxied(request));
        HttpResponse<SteadyBody> reply = connections.send(request);
        Optional<Duration> retryAfter = reply.headers()
                .firstValue("Retry-After")
                .flatMap(value -> RetryAfter.parse(value, timing.clock().instant()));
        Warnings.texts(reply.headers().allValues("Warning"))
                .forEach(text -> listener.warned(withoutQuery(origin, request.uri()), text));
        return new Response(request, reply.statusCode(), reply.headers(), reply.body(), retryAfter, repeated);
    }

    private static URI withoutQuery(Origin origin, URI uri) {
        return URI.create(origin + uri.getRawPath());
    }
}
