package io.longshore.registry.web.admin;

import io.longshore.registry.access.Identity;
import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.web.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** Who the caller is, and what they may do. */
@Path("whoami")
@Produces(MediaType.APPLICATION_JSON)
public final class WhoAmIResource {
    private final Policy policy;

    public WhoAmIResource(Policy policy) {
        this.policy = policy;
    }

    /**
     * What is known of the caller.
     *
     * @param subject such as {@code user:alice}
     * @param source who says so; null for anonymous
     * @param grants what rules give
     * @param limits to which the credentials shown are limited, whatever rules give; null for no limits
     */
    public record WhoAmI(
            String subject, String source, List<String> groups, boolean administrator, List<ScopeJson> grants,
            List<ScopeJson> limits) {}

    @GET
    @ForEverybody
    public WhoAmI get(@Context HttpServletRequest request) {
        Caller caller = Caller.of(request);
        Identity identity = caller.identity();
        return new WhoAmI(
                identity.subject().toString(),
                identity.source().isEmpty() ? null : identity.source(),
                identity.groups().stream().sorted().toList(),
                caller.permissions().allowAdministration(),
                shown(policy.grantsOf(identity)),
                identity.limits().map(WhoAmIResource::shown).orElse(null));
    }

    private static List<ScopeJson> shown(List<Grant> grants) {
        return grants.stream().map(ScopeJson::of).distinct().toList();
    }
}
