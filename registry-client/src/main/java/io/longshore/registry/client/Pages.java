package io.longshore.registry.client;

import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.JsonReply;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A list that a registry gives out page by page, each of which says where the next one is: {@code Link} (RFC 8288). Not
 * thread-safe.
 */
final class Pages<T> implements Iterator<T> {
    private static final int MAX_PAGE_BYTES = 16 << 20;
    private static final Pattern LINK = Pattern.compile("<([^>]*+)>([^<]*+)");
    private static final Pattern NEXT =
            Pattern.compile(";\\s*+rel\\s*+=\\s*+(?:next\\b|\"(?:[^\"]*\\s)?next(?:\\s[^\"]*)?\")");

    private final Calls calls;
    private final Set<String> scopes;
    private final String field;
    private final Function<String, T> parser;
    private final Queue<T> page = new ArrayDeque<>();
    private Optional<URI> next;

    /** @param field where the list is in each page */
    Pages(Calls calls, String path, Set<String> scopes, String field, Function<String, T> parser) {
        this.calls = calls;
        this.scopes = scopes;
        this.field = field;
        this.parser = parser;
        this.next = Optional.of(calls.url(path));
    }

    Stream<T> stream() {
        int traits = Spliterator.ORDERED | Spliterator.NONNULL;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, traits), false);
    }

    @Override
    public boolean hasNext() {
        try {
            while (page.isEmpty() && next.isPresent()) {
                fetch(next.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return !page.isEmpty();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }

    private void fetch(URI uri) throws IOException {
        try (Response response = calls.send(Request.of("GET", uri), scopes)) {
            if (response.status() != 200) {
                throw Failure.of(response);
            }
            for (String text : JsonReply.list(response.bytes(MAX_PAGE_BYTES), field)) {
                page.add(parse(response, text));
            }
            next = link(response);
        }
        if (next.equals(Optional.of(uri))) {
            throw new IOException("GET " + uri.getRawPath() + ": the page names itself as the next one");
        }
    }

    private T parse(Response response, String text) throws IOException {
        try {
            return parser.apply(text);
        } catch (RegistryException e) {
            throw new IOException(response.request() + ": lists what is none: " + e.getMessage(), e);
        }
    }

    /** Where it goes on: on the host that was asked, whatever name a registry behind a proxy has for itself. */
    private Optional<URI> link(Response response) throws IOException {
        for (String header : response.headers("Link")) {
            for (Matcher link = LINK.matcher(header); link.find(); ) {
                if (NEXT.matcher(link.group(2)).find()) {
                    return Optional.of(here(response, link.group(1)));
                }
            }
        }
        return Optional.empty();
    }

    private URI here(Response response, String link) throws IOException {
        try {
            URI uri = response.request().uri().resolve(link);
            return calls.url(uri.getRawPath() + (uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery()));
        } catch (IllegalArgumentException e) {
            throw new IOException(response.request() + ": the Link is no URL", e);
        }
    }
}
