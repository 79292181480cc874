package io.longshore.registry.web.mirror;

import io.longshore.registry.mirror.Mirror;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.web.access.Needs;
import io.longshore.registry.web.error.Failure;
import io.longshore.registry.web.error.RegistryExceptionMapper;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/**
 * Refuses pushes to repositories of upstreams, once it is clear that the caller could push; and has what is pushed to one
 * that takes it kept.
 */
public final class MirrorFeature implements DynamicFeature {
    private static final String DIGEST = "Docker-Content-Digest";
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
            context.register(new PushNote(mirror));
        }
    }

    private record PushNote(Mirror mirror) implements ContainerResponseFilter {

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            String digest = response.getHeaderString(DIGEST);
            if (response.getStatus() == Response.Status.CREATED.getStatusCode() && digest != null) {
                mirror.pushed(
                        RepositoryName.parse(request.getUriInfo().getPathParameters().getFirst("name")),
                        Digest.parse(digest), request.getUriInfo().getPath().contains("/manifests/"));
            }
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
