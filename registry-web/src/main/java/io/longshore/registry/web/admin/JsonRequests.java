package io.longshore.registry.web.admin;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;

/**
 * Refuses what another web site could make a browser send, with the credentials that the browser knows: a browser posts
 * forms and plain text to anywhere, and asks first before it sends JSON, or by another method (Fetch standard, "CORS
 * protocol"). This API never says yes to that.
 */
@PreMatching
final class JsonRequests implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (HttpMethod.POST.equals(request.getMethod()) || request.hasEntity()) {
            MediaType type = request.getMediaType();
            if (type == null || !MediaType.APPLICATION_JSON_TYPE.isCompatible(type) || type.isWildcardType()) {
                throw new RegistryException.Refused(
                        RegistryException.Kind.UNSUPPORTED_MEDIA_TYPE,
                        ErrorCode.UNSUPPORTED,
                        "send JSON, or nothing, with Content-Type: application/json",
                        "");
            }
        }
    }
}
