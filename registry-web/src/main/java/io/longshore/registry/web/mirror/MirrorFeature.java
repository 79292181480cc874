package io.longshore.registry.web.mirror;

import io.longshore.registry.mirror.Mirror;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.web.access.Needs;
import io.longshore.registry.web.error.Failure;
import io.longshore.registry.web.error.RegistryExceptionMapper;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;

/** Refuses pushes to repositories of upstreams, once it is clear that the caller could push. */
public final class MirrorFeature implements DynamicFeature {
    private static final int AFTER_PERMISSIONS = Priorities.USER + 100;

    private final Mirror mirror;

    public MirrorFeature(Mirror mirror) {
        this.mirror = mirror;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Needs needs = resource.getResourceMethod().getAnnotation(Needs.class);
        if (needs != null && needs.value() == Action.PUSH) {
            context.register(new Check(mirror), AFTER_PERMISSIONS);
        }
    }

    private record Check(Mirror mirror) implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            try {
                mirror.requirePushable(RepositoryName.parse(request.getUriInfo().getPathParameters().getFirst("name")));
            } catch (RegistryException.Refused refused) {
                request.abortWith(RegistryExceptionMapper.reply(Failure.of(refused), request.getMethod())
                        .header(HttpHeaders.ALLOW, "GET, HEAD")
                        .build());
            }
        }
    }
}
