package io.longshore.registry.it.protocol;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** A request being put together. Goes out as often as it is sent. */
public final class Request {
    private final Http http;
    private final String method;
    private final URI uri;
    private final HttpRequest.Builder builder;
    private BodyPublisher body = BodyPublishers.noBody();

    Request(Http http, String method, URI uri) {
        this.http = http;
        this.method = method;
        this.uri = uri;
        this.builder = HttpRequest.newBuilder(uri);
    }

    String method() {
        return method;
    }

    /** The path as it is sent, without the query. */
    String path() {
        return uri.getRawPath();
    }

    public Request header(String name, Object value) {
        builder.header(name, value.toString());
        return this;
    }

    /** A body with its {@code Content-Length}. */
    public Request body(byte[] bytes) {
        body = BodyPublishers.ofByteArray(bytes);
        return this;
    }

    /** A body with its {@code Content-Length}. */
    public Request body(String text) {
        return body(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A body of unannounced length, in chunked transfer coding. */
    public Request chunked(byte[] bytes) {
        body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
        return this;
    }

    /** Sends the body only after the registry has asked for it. */
    public Request expectContinue() {
        builder.expectContinue(true);
        return this;
    }

    /** Sends the request and holds what comes back against the description of the API. */
    public Reply send() {
        Reply reply = http.send(method + ' ' + path(), builder.method(method, body));
        DescribedReply.check(method, path(), reply);
        return reply;
    }
}
