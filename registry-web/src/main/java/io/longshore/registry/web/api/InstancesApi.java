package io.longshore.registry.web.api;

import java.util.List;
import java.util.stream.Collectors;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/**
 * A JAX-RS application whose resources are made once and serve every request. Without what Jersey would look for by
 * itself, which takes time at the start, and with nothing that a server adds to replies.
 */
public abstract class InstancesApi extends ResourceConfig {

    protected InstancesApi(List<Object> resources) {
        registerClasses(resources.stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet()));
        register(new AbstractBinder() {
            @Override
            protected void configure() {
                resources.forEach(this::bindInstance);
            }

            private <T> void bindInstance(T resource) {
                @SuppressWarnings("unchecked")
                Class<T> type = (Class<T>) resource.getClass();
                bind(resource).to(type);
            }
        });
        property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
        property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
        property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0);
    }
}
