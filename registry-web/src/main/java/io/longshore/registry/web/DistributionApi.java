package io.longshore.registry.web;

import io.longshore.registry.web.access.PermissionFeature;
import io.longshore.registry.web.api.InstancesApi;
import io.longshore.registry.web.error.RegistryExceptionMapper;
import io.longshore.registry.web.mirror.MirrorFeature;
import io.longshore.registry.web.mirror.NamespaceFilter;
import io.longshore.registry.web.notification.NotificationFeature;
import java.util.List;

/** The distribution API, {@code /v2/}, as a JAX-RS application. */
final class DistributionApi extends InstancesApi {

    DistributionApi(List<Object> resources, PermissionFeature permissions, NotificationFeature notifications,
            MirrorFeature mirror, NamespaceFilter namespaces) {
        super(resources);
        register(permissions);
        register(notifications);
        register(mirror);
        register(namespaces);
        register(RegistryExceptionMapper.class);
    }
}
