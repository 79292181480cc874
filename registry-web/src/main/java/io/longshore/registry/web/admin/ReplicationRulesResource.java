package io.longshore.registry.web.admin;

import io.longshore.registry.replication.ReplicationRule;
import io.longshore.registry.replication.Rules;
import io.longshore.registry.replication.Run;
import io.longshore.registry.replication.Runs;
import io.longshore.registry.web.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** Rules of replication, and runs that are begun by hand. */
@Path("replication/rules")
@Produces(MediaType.APPLICATION_JSON)
public final class ReplicationRulesResource {
    private static final String PATH = "/api/v1/replication/rules";

    private final Rules rules;
    private final Runs runs;

    public ReplicationRulesResource(Rules rules, Runs runs) {
        this.rules = rules;
        this.runs = runs;
    }

    /** All rules. */
    public record ReplicationRuleList(List<ReplicationRuleJson> rules) {}

    private static ReplicationSettings made(Fields fields) {
        String name = fields.optional("name", ReplicationRule::name)
                .orElseThrow(() -> fields.refusal("name", "expected it to be there"));
        return ReplicationSettings.read(name, fields);
    }

    @GET
    public ReplicationRuleList list() {
        return new ReplicationRuleList(rules.list().stream().map(ReplicationRuleJson::of).toList());
    }

    @POST
    public Response create(JsonBody body, @Context HttpServletRequest request) {
        ReplicationRule rule = body.as(ReplicationRulesResource::made).made();
        rules.create(Caller.of(request).actor(), rule);
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, PATH + '/' + rule.name())
                .entity(get(rule.name()))
                .build();
    }

    @GET
    @Path("{name}")
    public ReplicationRuleJson get(@PathParam("name") String name) {
        return ReplicationRuleJson.of(rules.get(name));
    }

    @PUT
    @Path("{name}")
    public ReplicationRuleJson change(
            @PathParam("name") String name, JsonBody body, @Context HttpServletRequest request) {
        ReplicationSettings settings = body.as(fields -> ReplicationSettings.read(name, fields));
        rules.change(Caller.of(request).actor(), name, settings::changed);
        return get(name);
    }

    @DELETE
    @Path("{name}")
    public void delete(@PathParam("name") String name, @Context HttpServletRequest request) {
        rules.delete(Caller.of(request).actor(), name);
    }

    @POST
    @Path("{name}/runs")
    public Response run(@PathParam("name") String name, JsonBody body, @Context HttpServletRequest request) {
        boolean dry = body.as(fields -> fields.flag("dryRun"));
        Run run = runs.start(Caller.of(request).actor(), name, dry);
        return Response.status(Response.Status.ACCEPTED)
                .header(HttpHeaders.LOCATION, ReplicationRunsResource.PATH + '/' + run.id())
                .entity(ReplicationRunJson.of(run))
                .build();
    }
}
