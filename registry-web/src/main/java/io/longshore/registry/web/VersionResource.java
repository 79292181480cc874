package io.longshore.registry.web;

import io.longshore.registry.web.access.Caller;
import io.longshore.registry.web.access.NeedsNoRepository;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** Says that this is a registry: OCI distribution-spec, "Determining Support", end-1. */
@Path("/")
public final class VersionResource {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.US_ASCII);

    /** Answers HEAD too. */
    @GET
    @NeedsNoRepository
    public Response version(@Context HttpServletRequest request) {
        Caller.of(request).requireSignIn();
        return Response.ok(BODY)
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_LENGTH, BODY.length)
                .build();
    }
}
