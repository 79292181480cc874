package io.longshore.registry.client.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of a server. Prints without the query and the headers, which may be secret. Immutable, and so must be
 * the bytes of the body while it is in use.
 *
 * @param uri absolute
 * @param repeatable whether it does no harm if the server gets it twice
 * @param confined whether it is for this origin alone, so that it is not sent on to where another is named
 */
public record Request(
        String method, URI uri, Map<String, String> headers, Optional<Body> body, boolean repeatable,
        boolean confined) {

    static final String AUTHORIZATION = "Authorization";

    public Request {
        headers = Map.copyOf(headers);
    }

    /** A request that can be repeated, without a body. */
    public static Request of(String method, URI uri) {
        return new Request(method, uri, Map.of(), Optional.empty(), true, false);
    }

    /** The same with this header in place of one of the same name. */
    public Request with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return new Request(method, uri, changed, body, repeatable, confined);
    }

    /** The same with this body. */
    public Request with(Body newBody) {
        return new Request(method, uri, headers, Optional.of(newBody), repeatable, confined);
    }

    /** The same, to be sent once only: whoever sends it finds out what came of it. */
    public Request once() {
        return new Request(method, uri, headers, body, false, confined);
    }

    /** The same, to be sent to this origin only. */
    public Request confine() {
        return new Request(method, uri, headers, body, repeatable, true);
    }

    /** The same for another URL; what is secret goes there only if the origin is the same. */
    Request redirected(URI target) {
        Map<String, String> kept = new LinkedHashMap<>(headers);
        if (!Origin.of(target).equals(Origin.of(uri))) {
            kept.remove(AUTHORIZATION);
        }
        return new Request(method, target, kept, body, repeatable, confined);
    }

    Request asGet() {
        return new Request("GET", uri, headers, body, repeatable, confined);
    }

    boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Method and URL without its query. */
    @Override
    public String toString() {
        return method + ' ' + Origin.of(uri) + uri.getRawPath();
    }
}
