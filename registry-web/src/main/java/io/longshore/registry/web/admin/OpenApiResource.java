package io.longshore.registry.web.admin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;

/** The description of this API, OpenAPI 3.1. */
@Path("openapi.yaml")
public final class OpenApiResource {
    static final String FILE = "openapi.yaml";
    private static final String MEDIA_TYPE = "application/yaml";

    @GET
    @ForEverybody
    public Response get() throws IOException {
        try (InputStream file = OpenApiResource.class.getResourceAsStream(FILE)) {
            return Response.ok(file.readAllBytes(), MEDIA_TYPE).build();
        }
    }
}
