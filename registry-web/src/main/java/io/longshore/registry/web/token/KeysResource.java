package io.longshore.registry.web.token;

import io.longshore.registry.access.token.SigningKeys;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** Publishes the keys by which others verify our tokens (RFC 7517). */
@Path("jwks")
public final class KeysResource {
    private static final String MEDIA_TYPE = "application/jwk-set+json";
    private static final String CACHE_CONTROL = "public, max-age=" + SigningKeys.PUBLISHED_FOR.toSeconds();

    private final SigningKeys keys;

    public KeysResource(SigningKeys keys) {
        this.keys = keys;
    }

    /** Answers HEAD too. */
    @GET
    public Response keys() {
        byte[] body = keys.published().getBytes(StandardCharsets.UTF_8);
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .header(HttpHeaders.CONTENT_LENGTH, body.length)
                .header(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL)
                .build();
    }
}
