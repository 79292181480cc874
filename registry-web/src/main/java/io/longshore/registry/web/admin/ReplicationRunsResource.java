package io.longshore.registry.web.admin;

import io.longshore.registry.database.Slice;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.replication.Item;
import io.longshore.registry.replication.Run;
import io.longshore.registry.replication.Runs;
import io.longshore.registry.web.access.Caller;
import io.longshore.registry.web.page.NextLink;
import io.longshore.registry.web.page.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is done, and was done, for rules of replication. */
@Path("replication/runs")
@Produces(MediaType.APPLICATION_JSON)
public final class ReplicationRunsResource {
    static final String PATH = "/api/v1/replication/runs";
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final Runs runs;

    public ReplicationRunsResource(Runs runs) {
        this.runs = runs;
    }

    /** A page of runs. */
    public record ReplicationRunList(List<ReplicationRunJson> runs) {}

    /** A page of what is done in a run. */
    public record ReplicationItemList(List<ReplicationItemJson> items) {}

    @GET
    public Response list(
            @QueryParam("rule") String rule, @QueryParam("n") String n, @QueryParam("last") String last) {
        Page page = Paged.page(n, last);
        Slice<Run> found = runs.list(Optional.ofNullable(rule), last(page, Long.MAX_VALUE), page.limit());
        return Paged.reply(
                found,
                page,
                some -> new ReplicationRunList(some.stream().map(ReplicationRunJson::of).toList()),
                run -> Long.toString(run.id()),
                key -> with(NextLink.of(PATH, key, page.limit()), "rule", rule));
    }

    @GET
    @Path("{id}")
    public ReplicationRunJson get(@PathParam("id") String id) {
        return ReplicationRunJson.of(runs.get(id(id)));
    }

    @GET
    @Path("{id}/items")
    public Response items(
            @PathParam("id") String id, @QueryParam("state") String state, @QueryParam("n") String n,
            @QueryParam("last") String last) {
        Page page = Paged.page(n, last);
        Slice<Item> found = runs.items(id(id), state(state), last(page, 0), page.limit());
        return Paged.reply(
                found,
                page,
                some -> new ReplicationItemList(some.stream().map(ReplicationItemJson::of).toList()),
                item -> Long.toString(item.id()),
                key -> with(NextLink.of(PATH + '/' + id + "/items", key, page.limit()), "state", state));
    }

    @POST
    @Path("{id}/cancel")
    public ReplicationRunJson cancel(@PathParam("id") String id, @Context HttpServletRequest request) {
        return ReplicationRunJson.of(runs.cancel(Caller.of(request).actor(), id(id)));
    }

    private static NextLink with(NextLink link, String name, String value) {
        return value == null ? link : link.and(name, value);
    }

    private static Optional<Item.State> state(String word) {
        try {
            return Optional.ofNullable(word).map(Item.State::of);
        } catch (IllegalArgumentException e) {
            throw new RegistryException.Invalid(ErrorCode.UNSUPPORTED, "state: " + e.getMessage(), "");
        }
    }

    private static long id(String id) {
        if (!ID.matcher(id).matches()) {
            throw new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such run", "");
        }
        return Long.parseLong(id);
    }

    private static long last(Page page, long first) {
        if (page.last().isEmpty()) {
            return first;
        }
        if (!ID.matcher(page.last()).matches()) {
            throw new RegistryException.Invalid(
                    ErrorCode.PAGINATION_NUMBER_INVALID, "last must be the id of an entry of the list", "");
        }
        return Long.parseLong(page.last());
    }
}
