package io.longshore.registry.web.access;

import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.access.rule.ReadOnly;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.web.error.Failure;
import io.longshore.registry.web.error.RegistryExceptionMapper;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/**
 * Puts a check of permissions before every resource method. A method that does not say what it needs keeps the
 * application from starting: nothing is open because something was forgotten.
 */
public final class PermissionFeature implements DynamicFeature {
    private final Policy policy;

    public PermissionFeature(Policy policy) {
        this.policy = policy;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Needs needs = resource.getResourceMethod().getAnnotation(Needs.class);
        if (needs != null) {
            context.register(new Check(policy, needs.value()));
        } else if (!resource.getResourceMethod().isAnnotationPresent(NeedsNoRepository.class)
                && resource.getResourceClass().getName().startsWith("io.longshore.")) {
            throw new IllegalStateException(resource.getResourceMethod() + " does not say what its callers need");
        }
    }

    private record Check(Policy policy, Action action) implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            Caller caller = Caller.of(request);
            String name = request.getUriInfo().getPathParameters().getFirst("name");
            caller.require(RepositoryName.parse(name), action);
            if (action != Action.PULL && !isRead(request.getMethod())) {
                refuseIfReadOnly(request);
            }
        }

        private static boolean isRead(String method) {
            return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        }

        private void refuseIfReadOnly(ContainerRequestContext request) {
            ReadOnly mode = policy.readOnly();
            if (mode.enabled()) {
                request.abortWith(refusal(mode, request.getMethod()));
            }
        }

        private static Response refusal(ReadOnly mode, String method) {
            String message = mode.message().isEmpty() ? "the registry is read-only at present" : mode.message();
            Failure failure = Failure.of(new RegistryException.Refused(
                    RegistryException.Kind.NOT_ALLOWED, ErrorCode.UNSUPPORTED, message, ""));
            return RegistryExceptionMapper.reply(failure, method)
                    .header(HttpHeaders.ALLOW, "GET, HEAD")
                    .build();
        }
    }
}
