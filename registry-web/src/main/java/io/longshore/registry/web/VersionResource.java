package io.longshore.registry.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Says that this is a registry: OCI distribution-spec, "Determining Support", end-1. */
@Path("/")
public final class VersionResource {

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String version() {
        return "{}";
    }
}
