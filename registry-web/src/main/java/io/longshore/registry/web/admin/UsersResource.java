package io.longshore.registry.web.admin;

import io.longshore.registry.access.account.AccountName;
import io.longshore.registry.access.account.NewPassword;
import io.longshore.registry.access.account.User;
import io.longshore.registry.access.account.UserProfile;
import io.longshore.registry.access.account.Users;
import io.longshore.registry.web.access.Caller;
import io.longshore.registry.web.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
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

/** Users that the registry keeps. */
@Path("users")
@Produces(MediaType.APPLICATION_JSON)
public final class UsersResource {
    private static final String PATH = "/api/v1/users";

    private final Users users;
    private final OwnAdministration own;

    public UsersResource(Users users, OwnAdministration own) {
        this.users = users;
        this.own = own;
    }

    /** A user, as it is shown. */
    public record UserJson(
            String name, String email, String description, boolean disabled, List<String> groups, Instant createdAt,
            Instant passwordSetAt, Instant lastLoginAt) {

        static UserJson of(User user) {
            UserProfile profile = user.profile();
            return new UserJson(
                    user.name().value(), profile.email().orElse(null), profile.description().orElse(null),
                    profile.disabled(), user.groups(), user.createdAt(), user.passwordSetAt(),
                    user.lastLoginAt().orElse(null));
        }
    }

    /** A page of users. */
    public record UserList(List<UserJson> users) {}

    private record Made(AccountName name, NewPassword password, UserProfile profile) {
        static Made read(Fields fields) {
            return new Made(
                    AccountName.parse(fields.text("name")),
                    new NewPassword(fields.secret("password")),
                    UsersResource.profile(fields));
        }
    }

    private static UserProfile profile(Fields fields) {
        return new UserProfile(
                fields.optionalText("email"), fields.optionalText("description"), fields.flag("disabled"));
    }

    @GET
    public Response list(@QueryParam("n") String n, @QueryParam("last") String last) {
        Page page = Paged.page(n, last);
        return Paged.reply(
                users.list(page.last(), page.limit()),
                page,
                found -> new UserList(found.stream().map(UserJson::of).toList()),
                user -> user.name().value(),
                PATH);
    }

    @POST
    public Response create(JsonBody body, @Context HttpServletRequest request) {
        Made made = body.as(Made::read);
        User user = users.create(made.name(), made.password(), made.profile(), Caller.of(request).actor());
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, PATH + '/' + user.name())
                .entity(UserJson.of(user))
                .build();
    }

    @GET
    @Path("{name}")
    public UserJson get(@PathParam("name") String name) {
        return UserJson.of(users.get(AccountName.parse(name)));
    }

    @PUT
    @Path("{name}")
    public UserJson change(@PathParam("name") String name, JsonBody body, @Context HttpServletRequest request) {
        UserProfile profile = body.as(UsersResource::profile);
        AccountName user = AccountName.parse(name);
        if (profile.disabled()) {
            own.requireOther(Caller.of(request), user);
        }
        return UserJson.of(users.change(user, profile, Caller.of(request).actor()));
    }

    @PUT
    @Path("{name}/password")
    public void setPassword(@PathParam("name") String name, JsonBody body, @Context HttpServletRequest request) {
        NewPassword password = body.as(fields -> new NewPassword(fields.secret("password")));
        users.setPassword(AccountName.parse(name), password, Caller.of(request).actor());
    }

    @DELETE
    @Path("{name}")
    public void delete(@PathParam("name") String name, @Context HttpServletRequest request) {
        AccountName user = AccountName.parse(name);
        own.requireOther(Caller.of(request), user);
        users.delete(user, Caller.of(request).actor());
    }
}
