package io.longshore.registry.web.admin;

import io.longshore.registry.access.account.AccessToken;
import io.longshore.registry.access.account.AccessTokens;
import io.longshore.registry.access.account.Issued;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.web.access.Caller;
import io.longshore.registry.web.page.NextLink;
import io.longshore.registry.web.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Personal access tokens: everyone's own, and for administrators those of all. */
@Path("tokens")
@Produces(MediaType.APPLICATION_JSON)
public final class TokensResource {
    private static final String PATH = "/api/v1/tokens";
    private static final String EVERYBODY = "*";

    private final AccessTokens tokens;

    public TokensResource(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * A token, as it is shown.
     *
     * @param secret null but where it was just made
     */
    public record TokenJson(
            String id, String name, String owner, String source, List<ScopeJson> scopes, Instant createdAt,
            Instant expiresAt, Instant lastUsedAt, String secret) {

        static TokenJson of(AccessToken token) {
            return of(token, null);
        }

        static TokenJson of(Issued<AccessToken> issued) {
            return of(issued.account(), issued.secret().reveal());
        }

        private static TokenJson of(AccessToken token, String secret) {
            return new TokenJson(
                    token.id(), token.title(), token.owner(), token.source(),
                    token.scopes().stream().map(ScopeJson::of).toList(), token.createdAt(), token.expiresAt(),
                    token.lastUsedAt().orElse(null), secret);
        }

        /** Without the secret: it must be in no log. */
        @Override
        public String toString() {
            return id;
        }
    }

    /** A page of tokens. */
    public record TokenList(List<TokenJson> tokens) {}

    private record Made(String name, List<Grant> scopes, Optional<Instant> expiresAt) {
        static Made read(Fields fields) {
            return new Made(
                    fields.text("name"),
                    fields.objects("scopes", ScopeJson::read),
                    fields.optionalInstant("expiresAt"));
        }
    }

    /** @param owner null for the caller; the name of a user, or {@code *} for all, is for administrators */
    @GET
    @ForSignedIn
    public Response list(
            @QueryParam("owner") String owner,
            @QueryParam("n") String n,
            @QueryParam("last") String last,
            @Context HttpServletRequest request) {
        Page page = Paged.page(n, last);
        Caller caller = Caller.of(request);
        return Paged.reply(
                tokens.list(owner(owner, caller), page.last(), page.limit()),
                page,
                found -> new TokenList(found.stream().map(TokenJson::of).toList()),
                AccessToken::id,
                id -> link(owner, id, page.limit()));
    }

    private static Optional<String> owner(String asked, Caller caller) {
        if (asked == null) {
            AccessTokens.requireWholeUser(caller.identity());
            return Optional.of(caller.identity().subject().name());
        }
        caller.requireAdministration();
        return Optional.of(asked).filter(name -> !name.equals(EVERYBODY));
    }

    private static NextLink link(String owner, String last, int limit) {
        NextLink link = NextLink.of(PATH, last, limit);
        return owner == null ? link : link.and("owner", owner);
    }

    @POST
    @ForSignedIn
    public Response create(JsonBody body, @Context HttpServletRequest request) {
        Caller caller = Caller.of(request);
        Made made = body.as(Made::read);
        Issued<AccessToken> token = tokens.create(
                caller.identity(), made.name(), made.scopes(), made.expiresAt(), caller.actor());
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, PATH + '/' + token.account().id())
                .entity(TokenJson.of(token))
                .build();
    }

    @DELETE
    @Path("{id}")
    @ForSignedIn
    public void revoke(@PathParam("id") String id, @Context HttpServletRequest request) {
        Caller caller = Caller.of(request);
        if (caller.permissions().allowAdministration()) {
            tokens.revoke(id, Optional.empty(), caller.actor());
            return;
        }
        AccessTokens.requireWholeUser(caller.identity());
        tokens.revoke(id, Optional.of(caller.identity().subject().name()), caller.actor());
    }
}
