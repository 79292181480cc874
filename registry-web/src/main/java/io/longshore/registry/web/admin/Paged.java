package io.longshore.registry.web.admin;

import io.longshore.registry.database.Slice;
import io.longshore.registry.web.page.NextLink;
import io.longshore.registry.web.page.Page;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Function;

/** Lists, page by page, as the distribution API has them: {@code n}, {@code last}, and a link to what follows. */
final class Paged {
    private static final int MOST = 1000;

    private Paged() {}

    /** As {@link Page#parse}; without {@code n}, a page has 1000 entries, and never more. */
    static Page page(String n, String last) {
        return Page.parse(n, last, MOST);
    }

    /**
     * The reply with a page.
     *
     * @param body of the items found
     * @param key of an item, behind which the next page begins
     * @param link to the list, and a page of it
     */
    static <T> Response reply(
            Slice<T> found, Page page, Function<List<T>, Record> body, Function<T, String> key,
            Function<String, NextLink> link) {
        Response.ResponseBuilder reply = Response.ok(body.apply(found.items()));
        if (found.more() && page.limit() > 0) {
            T last = found.items().get(found.items().size() - 1);
            reply.header(HttpHeaders.LINK, link.apply(key.apply(last)));
        }
        return reply.build();
    }

    /** As {@link #reply(Slice, Page, Function, Function, Function)}, of a list without further parameters. */
    static <T> Response reply(
            Slice<T> found, Page page, Function<List<T>, Record> body, Function<T, String> key, String path) {
        return reply(found, page, body, key, last -> NextLink.of(path, last, page.limit()));
    }
}
