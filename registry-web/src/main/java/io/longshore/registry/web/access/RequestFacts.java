package io.longshore.registry.web.access;

import io.longshore.registry.audit.Via;
import io.longshore.registry.web.location.Locations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;

/** Says by which request something is done, for those who are told of it. Thread-safe. */
public final class RequestFacts {
    private static final int LONGEST = 255;

    private final Locations locations;
    private final Via.Node node;

    public RequestFacts(Locations locations, Via.Node node) {
        this.locations = locations;
        this.node = node;
    }

    Via of(HttpServletRequest request) {
        return new Via(
                UUID.randomUUID().toString(),
                shown(request.getHeader("Host")),
                request.getMethod(),
                shown(request.getHeader("User-Agent")),
                shown(locations.absolute(request, "")),
                node);
    }

    /** What clients write is shown as it is, as far as it can be. */
    private static String shown(String text) {
        if (text == null) {
            return "";
        }
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return cut.replaceAll("[^\\x20-\\x7E]", "?");
    }
}
