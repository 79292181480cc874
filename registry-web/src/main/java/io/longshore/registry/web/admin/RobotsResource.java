package io.longshore.registry.web.admin;

import io.longshore.registry.access.account.AccountName;
import io.longshore.registry.access.account.Issued;
import io.longshore.registry.access.account.Robot;
import io.longshore.registry.access.account.RobotProfile;
import io.longshore.registry.access.account.Robots;
import io.longshore.registry.permission.Grant;
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

/** Accounts of programs. What they may do is said by rules. */
@Path("robots")
@Produces(MediaType.APPLICATION_JSON)
public final class RobotsResource {
    private static final String PATH = "/api/v1/robots";

    private final Robots robots;

    public RobotsResource(Robots robots) {
        this.robots = robots;
    }

    /**
     * A robot, as it is shown.
     *
     * @param secret null but where it was just made
     */
    public record RobotJson(
            String name, String description, Instant expiresAt, boolean disabled, String createdBy, Instant createdAt,
            Instant lastUsedAt, String secret) {

        static RobotJson of(Robot robot) {
            return of(robot, null);
        }

        static RobotJson of(Issued<Robot> issued) {
            return of(issued.account(), issued.secret().reveal());
        }

        private static RobotJson of(Robot robot, String secret) {
            RobotProfile profile = robot.profile();
            return new RobotJson(
                    robot.name().value(), profile.description().orElse(null), profile.expiresAt().orElse(null),
                    profile.disabled(), robot.createdBy(), robot.createdAt(), robot.lastUsedAt().orElse(null), secret);
        }

        /** Without the secret: it must be in no log. */
        @Override
        public String toString() {
            return name;
        }
    }

    /** A page of robots. */
    public record RobotList(List<RobotJson> robots) {}

    private record Made(AccountName name, RobotProfile profile, List<Grant> scopes) {
        static Made read(Fields fields) {
            return new Made(
                    AccountName.parse(fields.text("name")),
                    RobotsResource.profile(fields),
                    fields.objects("scopes", ScopeJson::read));
        }
    }

    private static RobotProfile profile(Fields fields) {
        return new RobotProfile(
                fields.optionalText("description"), fields.optionalInstant("expiresAt"), fields.flag("disabled"));
    }

    @GET
    public Response list(@QueryParam("n") String n, @QueryParam("last") String last) {
        Page page = Paged.page(n, last);
        return Paged.reply(
                robots.list(page.last(), page.limit()),
                page,
                found -> new RobotList(found.stream().map(RobotJson::of).toList()),
                robot -> robot.name().value(),
                PATH);
    }

    @POST
    public Response create(JsonBody body, @Context HttpServletRequest request) {
        Made made = body.as(Made::read);
        Issued<Robot> robot =
                robots.create(made.name(), made.profile(), made.scopes(), Caller.of(request).actor());
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, PATH + '/' + made.name())
                .entity(RobotJson.of(robot))
                .build();
    }

    @GET
    @Path("{name}")
    public RobotJson get(@PathParam("name") String name) {
        return RobotJson.of(robots.get(AccountName.parse(name)));
    }

    @PUT
    @Path("{name}")
    public RobotJson change(@PathParam("name") String name, JsonBody body, @Context HttpServletRequest request) {
        RobotProfile profile = body.as(RobotsResource::profile);
        return RobotJson.of(robots.change(AccountName.parse(name), profile, Caller.of(request).actor()));
    }

    @POST
    @Path("{name}/secret")
    public RobotJson renew(@PathParam("name") String name, @Context HttpServletRequest request) {
        return RobotJson.of(robots.renew(AccountName.parse(name), Caller.of(request).actor()));
    }

    @DELETE
    @Path("{name}")
    public void delete(@PathParam("name") String name, @Context HttpServletRequest request) {
        robots.delete(AccountName.parse(name), Caller.of(request).actor());
    }
}
