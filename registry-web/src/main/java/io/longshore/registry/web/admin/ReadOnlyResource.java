package io.longshore.registry.web.admin;

import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.access.rule.ReadOnly;
import io.longshore.registry.access.rule.RuleService;
import io.longshore.registry.web.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** Whether pushes and deletes are refused at present. */
@Path("readonly")
@Produces(MediaType.APPLICATION_JSON)
public final class ReadOnlyResource {
    private final Policy policy;
    private final RuleService rules;

    public ReadOnlyResource(Policy policy, RuleService rules) {
        this.policy = policy;
        this.rules = rules;
    }

    /**
     * The mode.
     *
     * @param message what those who are refused are told; may be empty
     */
    public record ReadOnlyJson(boolean enabled, String message) {
        static ReadOnlyJson of(ReadOnly mode) {
            return new ReadOnlyJson(mode.enabled(), mode.message());
        }
    }

    @GET
    public ReadOnlyJson get() {
        return ReadOnlyJson.of(policy.readOnly());
    }

    @PUT
    public ReadOnlyJson set(JsonBody body, @Context HttpServletRequest request) {
        ReadOnly mode = body.as(fields -> new ReadOnly(
                fields.requiredFlag("enabled"), fields.optionalText("message").orElse("")));
        rules.setReadOnly(Caller.of(request).actor(), mode);
        return ReadOnlyJson.of(policy.readOnly());
    }
}
