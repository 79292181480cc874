package io.longshore.registry.web.admin;

import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.notification.Dispatcher;
import io.longshore.registry.repository.Repositories;
import io.longshore.registry.web.access.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;

/** Repositories as a whole. */
@Path("repositories/{name: .+}")
public final class RepositoriesResource {
    private final Repositories repositories;
    private final Policy policy;
    private final Dispatcher dispatcher;

    public RepositoriesResource(Repositories repositories, Policy policy, Dispatcher dispatcher) {
        this.repositories = repositories;
        this.policy = policy;
        this.dispatcher = dispatcher;
    }

    @DELETE
    public void delete(@PathParam("name") String name, @Context HttpServletRequest request) {
        if (policy.readOnly().enabled()) {
            throw new RegistryException.Refused(
                    RegistryException.Kind.CONFLICT, ErrorCode.DENIED, "the registry is read-only at present", "");
        }
        repositories.delete(Caller.of(request).actor(), RepositoryName.parse(name));
        dispatcher.wrote();
    }
}
