package io.longshore.registry.web.admin;

import io.longshore.registry.web.access.Caller;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;

/** Lets administrators alone call a resource method, unless the method says otherwise; before its body is read. */
final class AdministrationFeature implements DynamicFeature {

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        if (method.isAnnotationPresent(ForEverybody.class)) {
            return;
        }
        boolean signedIn = method.isAnnotationPresent(ForSignedIn.class);
        context.register((ContainerRequestFilter) request -> {
            Caller caller = Caller.of(request);
            if (signedIn) {
                caller.requireCredentials();
            } else {
                caller.requireAdministration();
            }
        });
    }
}
