package io.longshore.registry.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The headers of every reply under {@code /v2/}: that of the API's version, those that keep browsers from taking content for
 * a page of this site, and those that are configured. Immutable.
 */
public final class ReplyHeaders {
    private static final String ATTRIBUTE = ReplyHeaders.class.getName();
    private static final ReplyHeaders NONE_CONFIGURED = new ReplyHeaders(Map.of());

    private final Map<String, List<String>> configured;
    private final List<Map.Entry<String, List<String>>> headers;

    /** @param configured values by header name, each sent as a header of its own; may replace the others */
    public ReplyHeaders(Map<String, List<String>> configured) {
        this(configured, Map.entry("Docker-Distribution-Api-Version", List.of("registry/2.0")));
    }

    private ReplyHeaders(Map<String, List<String>> configured, Map.Entry<String, List<String>> first) {
        this.configured = configured;
        List<Map.Entry<String, List<String>>> all = new ArrayList<>();
        all.add(first);
        // Anybody who may push decides on the content, and on the type of manifests.
        all.add(Map.entry("X-Content-Type-Options", List.of("nosniff")));
        all.add(Map.entry("Content-Security-Policy", List.of("default-src 'none'; sandbox")));
        configured.forEach((name, values) -> all.add(Map.entry(name, List.copyOf(values))));
        headers = List.copyOf(all);
    }

    /** Those under {@code /api/} in place of these: what is said there of people, and their secrets, is kept nowhere. */
    ReplyHeaders ofAdministration() {
        return new ReplyHeaders(configured, Map.entry("Cache-Control", List.of("no-store")));
    }

    /** Those that {@link #publishTo} put there, or else those that need no configuration. */
    public static ReplyHeaders of(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof ReplyHeaders published ? published : NONE_CONFIGURED;
    }

    /** Makes these the headers of this web application; before its first request. */
    public void publishTo(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    /** Sets them, in place of what is there under the same names. */
    public void setOn(HttpServletResponse response) {
        for (Map.Entry<String, List<String>> header : headers) {
            List<String> values = header.getValue();
            for (int i = 0; i < values.size(); i++) {
                if (i == 0) {
                    response.setHeader(header.getKey(), values.get(i));
                } else {
                    response.addHeader(header.getKey(), values.get(i));
                }
            }
        }
    }
}
