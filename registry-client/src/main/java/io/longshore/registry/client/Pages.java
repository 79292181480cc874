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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
    static final int MAX_PAGE_BYTES = 16 << 20;

    /** Of many that are not closed, each is read to the next one only. */
    private static final Pattern LINK = Pattern.compile("<([^<>]*+)>([^<]*+)");
    private static final Pattern NEXT =
            Pattern.compile(";\\s*+rel\\s*+=\\s*+(?:next\\b|\"(?:[^\"]*\\s)?next(?:\\s[^\"]*)?\")");

    /**
     * What a page has.
     *
     * @param isLast whether it is the last one, whatever the reply says
     */
    record Page<T>(List<T> entries, boolean isLast) {}

    /** Makes a page of a reply of any status, or fails. */
    @FunctionalInterface
    interface Reader<T> {
        Page<T> read(Response response) throws IOException;
    }

    private final Calls calls;
    private final Set<String> scopes;
    private final String mediaType;
    private final Reader<T> reader;
    private final Queue<T> page = new ArrayDeque<>();
    private Optional<URI> next;

    /** A page that was there; the one at twice as many pages follows it, so that none is come to again unnoticed. */
    private Optional<URI> seen = Optional.empty();

    private long count;

    /** @param mediaType that pages should have */
    Pages(Calls calls, String path, Set<String> scopes, String mediaType, Reader<T> reader) {
        this.calls = calls;
        this.scopes = scopes;
        this.mediaType = mediaType;
        this.reader = reader;
        this.next = Optional.of(calls.url(path));
    }

    /** Those of a list of strings, which is in this field of each page. */
    static <T> Pages<T> ofStrings(
            Calls calls, String path, Set<String> scopes, String field, Function<String, T> parser) {
        return new Pages<>(calls, path, scopes, "application/json", response -> {
            if (response.status() != 200) {
                throw Failure.of(response);
            }
            List<T> entries = new ArrayList<>();
            for (String text : JsonReply.list(response.bytes(MAX_PAGE_BYTES), field)) {
                entries.add(parse(response, text, parser));
            }
            return new Page<>(entries, false);
        });
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
        try (Response response = calls.send(Request.of("GET", uri).with("Accept", mediaType), scopes)) {
            Page<T> read = reader.read(response);
            page.addAll(read.entries());
            next = read.isLast() ? Optional.empty() : link(response);
        }
        if (Long.bitCount(++count) == 1) {
            seen = Optional.of(uri);
        }
        if (next.isPresent() && (next.equals(seen) || next.get().equals(uri))) {
            throw new IOException("GET " + uri.getRawPath() + ": the page names itself, or one that was there before, as"
                    + " the next one");
        }
    }

    private static <T> T parse(Response response, String text, Function<String, T> parser) throws IOException {
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
