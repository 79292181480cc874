package io.longshore.registry.web.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The value of {@code Link} that leads to the next page (RFC 8288), relative to the host. */
public final class NextLink {
    private final StringBuilder target;

    private NextLink(String path) {
        target = new StringBuilder("<").append(path);
    }

    /** A link to the page of this list behind {@code last}. */
    public static NextLink of(String path, String last, int limit) {
        return new NextLink(path).with('?', "last", last).with('&', "n", Integer.toString(limit));
    }

    /** Keeps a parameter of the request. */
    public NextLink and(String name, String value) {
        return with('&', name, value);
    }

    private NextLink with(char separator, String name, String value) {
        target.append(separator).append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        return this;
    }

    @Override
    public String toString() {
        return target + ">; rel=\"next\"";
    }
}
