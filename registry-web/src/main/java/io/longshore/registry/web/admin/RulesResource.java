package io.longshore.registry.web.admin;

import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.access.rule.RuleService;
import io.longshore.registry.access.rule.StoredRule;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.permission.Rule;
import io.longshore.registry.permission.Subject;
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
import java.util.regex.Pattern;

/** Rules: who may do what. Those of the configuration are shown, and cannot be changed here. */
@Path("rules")
@Produces(MediaType.APPLICATION_JSON)
public final class RulesResource {
    private static final String PATH = "/api/v1/rules";
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final RuleService rules;
    private final Policy policy;
    private final OwnAdministration own;

    public RulesResource(RuleService rules, Policy policy, OwnAdministration own) {
        this.rules = rules;
        this.policy = policy;
        this.own = own;
    }

    /**
     * A rule, as it is shown.
     *
     * @param id null for one of the configuration, and so are the last two
     */
    public record RuleJson(
            Long id, String subject, String repositories, List<String> actions, String createdBy, Instant createdAt) {

        static RuleJson of(StoredRule stored) {
            return of(stored.id(), stored.rule(), stored.createdBy(), stored.createdAt());
        }

        static RuleJson of(Rule rule) {
            return of(null, rule, null, null);
        }

        private static RuleJson of(Long id, Rule rule, String createdBy, Instant createdAt) {
            ScopeJson scope = ScopeJson.of(rule.grant());
            return new RuleJson(
                    id, rule.subject().toString(), scope.repositories(), scope.actions(), createdBy, createdAt);
        }
    }

    /**
     * A page of rules.
     *
     * @param configured all rules of the configuration, on every page
     */
    public record RuleList(List<RuleJson> rules, List<RuleJson> configured) {}

    private static Rule read(Fields fields) {
        Subject subject;
        try {
            subject = Subject.parse(fields.text("subject"));
        } catch (IllegalArgumentException e) {
            throw new RegistryException.Invalid(ErrorCode.UNSUPPORTED, "subject: " + e.getMessage(), "");
        }
        return new Rule(subject, ScopeJson.read(fields));
    }

    @GET
    public Response list(@QueryParam("n") String n, @QueryParam("last") String last) {
        Page page = Paged.page(n, last);
        long after = page.last().isEmpty() ? 0 : id(page.last());
        return Paged.reply(
                rules.list(after, page.limit()),
                page,
                found -> new RuleList(
                        found.stream().map(RuleJson::of).toList(),
                        policy.configured().stream().map(RuleJson::of).toList()),
                rule -> Long.toString(rule.id()),
                PATH);
    }

    @POST
    public Response create(JsonBody body, @Context HttpServletRequest request) {
        StoredRule made = rules.add(Caller.of(request).actor(), body.as(RulesResource::read));
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, PATH + '/' + made.id())
                .entity(RuleJson.of(made))
                .build();
    }

    @GET
    @Path("{id}")
    public RuleJson get(@PathParam("id") String id) {
        return RuleJson.of(stored(id));
    }

    @PUT
    @Path("{id}")
    public RuleJson change(@PathParam("id") String id, JsonBody body, @Context HttpServletRequest request) {
        Rule rule = body.as(RulesResource::read);
        StoredRule before = stored(id);
        Caller caller = Caller.of(request);
        if (!rule.subject().equals(before.rule().subject()) || !OwnAdministration.administers(rule.grant())) {
            own.requireWithout(caller, before.rule());
        }
        return RuleJson.of(rules.replace(caller.actor(), before.id(), rule).orElseThrow(RulesResource::unknown));
    }

    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id, @Context HttpServletRequest request) {
        StoredRule rule = stored(id);
        own.requireWithout(Caller.of(request), rule.rule());
        rules.remove(Caller.of(request).actor(), rule.id()).orElseThrow(RulesResource::unknown);
    }

    private StoredRule stored(String id) {
        if (!ID.matcher(id).matches()) {
            throw unknown();
        }
        return rules.find(Long.parseLong(id)).orElseThrow(RulesResource::unknown);
    }

    private static long id(String last) {
        if (!ID.matcher(last).matches()) {
            throw new RegistryException.Invalid(
                    ErrorCode.PAGINATION_NUMBER_INVALID, "last must be the id of a rule", "");
        }
        return Long.parseLong(last);
    }

    private static RegistryException unknown() {
        return new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such rule", "");
    }
}
