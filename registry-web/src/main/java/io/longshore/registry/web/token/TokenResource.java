package io.longshore.registry.web.token;

import io.longshore.registry.access.Credentials;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.login.LoginService;
import io.longshore.registry.access.token.IssuedToken;
import io.longshore.registry.access.token.RefreshTokens;
import io.longshore.registry.access.token.Scopes;
import io.longshore.registry.access.token.TokenAccess;
import io.longshore.registry.access.token.TokenService;
import io.longshore.registry.config.Secret;
import io.longshore.registry.web.access.Caller;
import io.longshore.registry.web.body.BodyRoom;
import io.longshore.registry.web.body.LimitedBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Gives out tokens: to GET with name and password or with nothing (Docker's "Token Authentication Specification"), and
 * to POST with a form (Docker's "Token Authentication OAuth2", RFC 6749).
 */
@Path("token")
public final class TokenResource {
    private final TokenService tokens;
    private final RefreshTokens refreshTokens;
    private final LoginService logins;
    private final LimitedBody form;

    /** @param form reads the body of a POST */
    public TokenResource(TokenService tokens, RefreshTokens refreshTokens, LoginService logins, LimitedBody form) {
        this.tokens = tokens;
        this.refreshTokens = refreshTokens;
        this.logins = logins;
        this.form = form;
    }

    /** A token for who shows credentials with the request, or for anonymous. */
    @GET
    public Response get(@Context HttpServletRequest request) throws OAuthException {
        TokenParameters parameters = TokenParameters.parse(request.getQueryString());
        boolean offline = parameters.find("offline_token").filter("true"::equals).isPresent();
        return reply(parameters, Caller.of(request).identity(), offline);
    }

    /** A token is made for whoever reads it: there is nothing to look at without one. */
    @HEAD
    public Response head() {
        throw new NotAllowedException(Response.status(Response.Status.METHOD_NOT_ALLOWED)
                .allow(HttpMethod.GET, HttpMethod.POST)
                .build());
    }

    /** A token for who shows a password or a refresh token in the form. */
    @POST
    public Response post(@Context HttpServletRequest request) throws OAuthException, IOException {
        TokenParameters parameters = form(request);
        boolean offline = parameters.find("access_type").filter("offline"::equals).isPresent();
        return switch (parameters.get("grant_type")) {
            case "password" -> reply(parameters, byPassword(parameters, Caller.of(request)), offline);
            // Whoever shows a refresh token has one.
            case "refresh_token" -> reply(parameters, byRefreshToken(parameters), false);
            default -> throw OAuthException.unsupportedGrantType("grant_type is password or refresh_token");
        };
    }

    private TokenParameters form(HttpServletRequest request) throws OAuthException, IOException {
        try (BodyRoom.Place place = form.place()) {
            return TokenParameters.parse(new String(form.read(request, place), StandardCharsets.UTF_8));
        }
    }

    private Identity byPassword(TokenParameters parameters, Caller caller) throws OAuthException {
        Credentials.Password shown = new Credentials.Password(
                parameters.get("username"), Secret.of(parameters.get("password")));
        return known(logins.login(shown, caller.actor().address()), "the name or the password is wrong");
    }

    private Identity byRefreshToken(TokenParameters parameters) throws OAuthException {
        Secret shown = Secret.of(parameters.get("refresh_token"));
        return known(
                refreshTokens.redeem(shown, RefreshTokens.Use.TOKENS),
                "the refresh token is not good, or not any more; log in again");
    }

    private static Identity known(Optional<Identity> identity, String otherwise) throws OAuthException {
        if (identity.isEmpty()) {
            throw OAuthException.invalidGrant(otherwise);
        }
        return identity.get();
    }

    private Response reply(TokenParameters parameters, Identity identity, boolean offline) throws OAuthException {
        requireOurService(parameters);
        Optional<TokenAccess> asked = Scopes.parse(parameters.scopes());
        if (asked.isEmpty()) {
            throw OAuthException.invalidScope("a token is good for at most " + Scopes.MOST + " scopes");
        }
        IssuedToken issued = offline
                ? tokens.issueOffline(identity, asked.get(), parameters.find("client_id").orElse(""))
                : tokens.issue(identity, asked.get());
        byte[] body = TokenReply.token(issued);
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CONTENT_LENGTH, body.length)
                .header(HttpHeaders.CACHE_CONTROL, TokenReply.NO_STORE)
                .build();
    }

    /** A token for another service would be believed there. */
    private void requireOurService(TokenParameters parameters) throws OAuthException {
        if (!parameters.find("service").orElse(tokens.service()).equals(tokens.service())) {
            throw OAuthException.invalidTarget("tokens are given out for the service " + tokens.service() + " alone");
        }
    }
}
