package io.longshore.registry.web.access;

import io.longshore.registry.audit.Actor;
import jakarta.servlet.http.HttpServletRequest;

/** Who sent a request. */
public record Caller(Actor actor) {

    /** The caller of a request; anonymous if nobody has said who it is. */
    public static Caller of(HttpServletRequest request) {
        return request.getAttribute(Caller.class.getName()) instanceof Caller known
                ? known
                : new Caller(new Actor("anonymous", request.getRemoteAddr()));
    }
}
