package io.longshore.registry.web.admin;

import io.longshore.registry.access.account.AccountName;
import io.longshore.registry.access.account.Group;
import io.longshore.registry.access.account.Groups;
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
import java.util.Optional;

/** Groups that the registry keeps, and who is in them. */
@Path("groups")
@Produces(MediaType.APPLICATION_JSON)
public final class GroupsResource {
    private static final String PATH = "/api/v1/groups";

    private final Groups groups;
    private final OwnAdministration own;

    public GroupsResource(Groups groups, OwnAdministration own) {
        this.groups = groups;
        this.own = own;
    }

    /** A group, as it is shown. */
    public record GroupJson(String name, String description, int members, Instant createdAt) {
        static GroupJson of(Group group) {
            return new GroupJson(
                    group.name().value(), group.description().orElse(null), group.members(), group.createdAt());
        }
    }

    /** A page of groups. */
    public record GroupList(List<GroupJson> groups) {}

    /** A page of the names of users in a group. */
    public record MemberList(List<String> members) {}

    private record Made(AccountName name, Optional<String> description) {
        static Made read(Fields fields) {
            return new Made(AccountName.parse(fields.text("name")), fields.optionalText("description"));
        }
    }

    @GET
    public Response list(@QueryParam("n") String n, @QueryParam("last") String last) {
        Page page = Paged.page(n, last);
        return Paged.reply(
                groups.list(page.last(), page.limit()),
                page,
                found -> new GroupList(found.stream().map(GroupJson::of).toList()),
                group -> group.name().value(),
                PATH);
    }

    @POST
    public Response create(JsonBody body, @Context HttpServletRequest request) {
        Made made = body.as(Made::read);
        Group group = groups.create(made.name(), made.description(), Caller.of(request).actor());
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, PATH + '/' + group.name())
                .entity(GroupJson.of(group))
                .build();
    }

    @GET
    @Path("{name}")
    public GroupJson get(@PathParam("name") String name) {
        return GroupJson.of(groups.get(AccountName.parse(name)));
    }

    @PUT
    @Path("{name}")
    public GroupJson change(@PathParam("name") String name, JsonBody body, @Context HttpServletRequest request) {
        Optional<String> description = body.as(fields -> fields.optionalText("description"));
        return GroupJson.of(groups.change(AccountName.parse(name), description, Caller.of(request).actor()));
    }

    @DELETE
    @Path("{name}")
    public void delete(@PathParam("name") String name, @Context HttpServletRequest request) {
        AccountName group = AccountName.parse(name);
        own.requireWithout(Caller.of(request), group);
        groups.delete(group, Caller.of(request).actor());
    }

    @GET
    @Path("{name}/members")
    public Response members(
            @PathParam("name") String name, @QueryParam("n") String n, @QueryParam("last") String last) {
        Page page = Paged.page(n, last);
        AccountName group = AccountName.parse(name);
        return Paged.reply(
                groups.members(group, page.last(), page.limit()),
                page,
                found -> new MemberList(found.stream().map(AccountName::value).toList()),
                AccountName::value,
                PATH + '/' + group + "/members");
    }

    @PUT
    @Path("{name}/members/{user}")
    public void addMember(
            @PathParam("name") String name, @PathParam("user") String user, @Context HttpServletRequest request) {
        groups.addMember(AccountName.parse(name), AccountName.parse(user), Caller.of(request).actor());
    }

    @DELETE
    @Path("{name}/members/{user}")
    public void removeMember(
            @PathParam("name") String name, @PathParam("user") String user, @Context HttpServletRequest request) {
        Caller caller = Caller.of(request);
        AccountName group = AccountName.parse(name);
        AccountName member = AccountName.parse(user);
        if (caller.identity().subject().name().equals(member.value())) {
            own.requireWithout(caller, group);
        }
        groups.removeMember(group, member, caller.actor());
    }
}
