package io.longshore.registry.notification.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * What comes back for one request. Keeps the beginning of the body; a long one is not waited for.
 *
 * <p>Written by the thread of the connection; what the status is, others may ask at any time.
 */
final class Reply implements AsyncResponseConsumer<Reply> {
    /** More than is shown in the end, so that a secret at the end of that is seen whole. */
    private static final int KEPT_BYTES = 8 << 10;
    private static final int LONGEST_BYTES = 64 << 10;

    /** The body is longer than anybody waits for. Closes the connection. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The proxy answers instead of connecting to the server: whatever it says, nothing was received. */
    static final class FromProxy extends HttpException {
        private static final long serialVersionUID = 1L;

        private final int status;

        FromProxy(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private static final String REPLY = Reply.class.getName();

    private final Consumer<Reply> whenTooLong;
    private final ByteBuffer kept = ByteBuffer.allocate(KEPT_BYTES);
    private long length;
    private Optional<String> retryAfter = Optional.empty();
    private volatile int status;
    private volatile AsyncExecRuntime connection;
    private volatile boolean unwanted;
    private FutureCallback<Reply> whenEnded;

    /** @param whenTooLong told instead of the callback of the request, if the body is too long */
    Reply(Consumer<Reply> whenTooLong) {
        this.whenTooLong = whenTooLong;
    }

    /** By which the connection of a request is found. */
    HttpContext context() {
        HttpClientContext context = HttpClientContext.create();
        context.setAttribute(REPLY, this);
        return context;
    }

    /** Passes requests on, once there is a connection to the server, and has their replies know of it. */
    static void connected(
            HttpRequest request, AsyncEntityProducer body, AsyncExecChain.Scope scope, AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        Reply reply = (Reply) scope.clientContext.getAttribute(REPLY);
        reply.connection = scope.execRuntime;
        if (reply.unwanted) {
            throw new ConnectionClosedException();
        }
        chain.proceed(request, body, scope, callback);
    }

    /** Closes the connection: cancelling a request does not, when a part of the reply has come. */
    void abort() {
        unwanted = true;
        AsyncExecRuntime open = connection;
        if (open != null) {
            open.discardEndpoint();
        }
    }

    /** 0 before there is one. */
    int status() {
        return status;
    }

    Optional<String> retryAfter() {
        return retryAfter;
    }

    /** The beginning of the body, whatever it is. */
    String text() {
        return new String(kept.array(), 0, kept.position(), StandardCharsets.UTF_8);
    }

    /** Whether the text is the whole body. */
    boolean isWhole() {
        return length <= KEPT_BYTES;
    }

    @Override
    public void consumeResponse(
            HttpResponse response, EntityDetails body, HttpContext context, FutureCallback<Reply> callback)
            throws FromProxy {
        if (connection == null) {
            throw new FromProxy(response.getCode());
        }
        whenEnded = callback;
        status = response.getCode();
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        retryAfter = Optional.ofNullable(header).map(Header::getValue);
        if (body == null) {
            callback.completed(this);
        }
    }

    @Override
    public void consume(ByteBuffer bytes) throws TooLong {
        length += bytes.remaining();
        int fits = Math.min(bytes.remaining(), kept.remaining());
        kept.put(bytes.slice(bytes.position(), fits));
        bytes.position(bytes.limit());
        if (length > LONGEST_BYTES) {
            whenTooLong.accept(this);
            throw new TooLong();
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        whenEnded.completed(this);
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {}

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    /** The callback of the request tells it, too. */
    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}
}
