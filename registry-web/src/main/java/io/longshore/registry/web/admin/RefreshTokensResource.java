package io.longshore.registry.web.admin;

import io.longshore.registry.access.token.RefreshTokens;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Subject;
import io.longshore.registry.web.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** What keeps clients and browsers logged in. */
@Path("refresh-tokens")
@Produces(MediaType.APPLICATION_JSON)
public final class RefreshTokensResource {
    private final RefreshTokens tokens;

    public RefreshTokensResource(RefreshTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * What was ended.
     *
     * @param revoked how many there were
     */
    public record RevokedJson(int revoked) {}

    /** Ends all of somebody, on every node. */
    @DELETE
    public RevokedJson revoke(@QueryParam("subject") String subject, @Context HttpServletRequest request) {
        return new RevokedJson(tokens.revoke(Caller.of(request).actor(), parsed(subject)));
    }

    private static Subject parsed(String text) {
        try {
            return Subject.parse(text == null ? "" : text);
        } catch (IllegalArgumentException e) {
            throw new RegistryException.Invalid(ErrorCode.UNSUPPORTED, "subject: " + e.getMessage(), "");
        }
    }
}
