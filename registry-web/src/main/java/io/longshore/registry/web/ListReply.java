package io.longshore.registry.web;

import io.longshore.registry.database.Slice;
import io.longshore.registry.web.page.NextLink;
import io.longshore.registry.web.page.Page;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The reply with one page of a list. */
final class ListReply {

    private ListReply() {}

    /** @param path of the list, from the root of the host */
    static Response of(byte[] body, Slice<?> found, Page page, String path) {
        Response.ResponseBuilder response = Response.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_LENGTH, body.length);
        if (found.more() && page.limit() > 0) {
            response.header(Headers.LINK, NextLink.of(path, lastOf(found.items()), page.limit()));
        }
        return response.build();
    }

    private static String lastOf(List<?> items) {
        return items.get(items.size() - 1).toString();
    }
}
