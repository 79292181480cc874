package io.longshore.registry.web.admin;

import jakarta.ws.rs.QueryParam;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request for the audit asks for; null where it says nothing. */
public final class AuditParameters {
    final String from;
    final String until;
    final String actor;
    final String act;
    final String repository;
    final String address;
    final String n;
    final String last;

    public AuditParameters(
            @QueryParam("from") String from,
            @QueryParam("until") String until,
            @QueryParam("actor") String actor,
            @QueryParam("act") String act,
            @QueryParam("repository") String repository,
            @QueryParam("address") String address,
            @QueryParam("n") String n,
            @QueryParam("last") String last) {
        this.from = from;
        this.until = until;
        this.actor = actor;
        this.act = act;
        this.repository = repository;
        this.address = address;
        this.n = n;
        this.last = last;
    }

    /** All but those that say which page is asked for. */
    Map<String, String> filters() {
        Map<String, String> filters = new LinkedHashMap<>();
        put(filters, "from", from);
        put(filters, "until", until);
        put(filters, "actor", actor);
        put(filters, "act", act);
        put(filters, "repository", repository);
        put(filters, "address", address);
        return filters;
    }

    private static void put(Map<String, String> filters, String name, String value) {
        if (value != null) {
            filters.put(name, value);
        }
    }
}
