package io.longshore.registry.web.notification;

import io.longshore.registry.model.EventAction;
import io.longshore.registry.notification.Dispatcher;
import io.longshore.registry.notification.Pulls;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;

/** Notes pulls, and says when something may have been written that somebody is to be told of. */
public final class NotificationFeature implements DynamicFeature {
    private final Dispatcher dispatcher;
    private final Pulls pulls;

    public NotificationFeature(Dispatcher dispatcher, Pulls pulls) {
        this.dispatcher = dispatcher;
        this.pulls = pulls;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        if (method.isAnnotationPresent(PUT.class)
                || method.isAnnotationPresent(POST.class)
                || method.isAnnotationPresent(DELETE.class)) {
            context.register((ContainerResponseFilter) (request, response) -> dispatcher.wrote());
        } else if (method.isAnnotationPresent(GET.class)) {
            Path path = resource.getResourceClass().getAnnotation(Path.class);
            if (path != null && path.value().contains("/manifests/")) {
                context.register(new PullNote(pulls, EventAction.MANIFEST_PULL));
            } else if (path != null && path.value().contains("/blobs/{digest")) {
                context.register(new PullNote(pulls, EventAction.BLOB_PULL));
            }
        }
    }
}
