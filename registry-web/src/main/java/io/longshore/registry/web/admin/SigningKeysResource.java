package io.longshore.registry.web.admin;

import io.longshore.registry.access.token.SigningKeys;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.web.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The keys that sign tokens, of which {@code /auth/jwks} has the public part. */
@Path("signing-keys")
@Produces(MediaType.APPLICATION_JSON)
public final class SigningKeysResource {
    private final SigningKeys keys;

    public SigningKeysResource(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * When the next key takes over.
     *
     * @param signsFrom as in RFC 3339
     */
    public record RotationJson(String signsFrom) {}

    /** Has a new key sign, as soon as all know it; nobody is logged out. */
    @POST
    public RotationJson rotate(@Context HttpServletRequest request) {
        return new RotationJson(keys.rotate(Caller.of(request).actor()).toString());
    }

    /** Ceases to trust a key, and the tokens that it has signed. */
    @DELETE
    @Path("{kid}")
    public Response revoke(@PathParam("kid") String kid, @Context HttpServletRequest request) {
        if (!keys.revoke(Caller.of(request).actor(), kid)) {
            throw new RegistryException.NotFound(ErrorCode.UNSUPPORTED, "there is no such key", kid);
        }
        return Response.noContent().build();
    }
}
