package io.longshore.registry.web.admin;

import io.longshore.registry.web.error.RegistryExceptionMapper;
import java.util.List;
import java.util.stream.Collectors;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/**
 * The administration API, {@code /api/v1/}, as a JAX-RS application. Its resources are made once and serve every request.
 * Jersey makes something of it when it is first asked, which the start of a server does not wait for.
 */
public final class AdminApi extends ResourceConfig {

    /** @param resources of this package */
    public AdminApi(List<Object> resources) {
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
        register(new AdministrationFeature());
        register(new JsonRequests());
        register(JsonReader.class);
        register(JsonWriter.class);
        register(RegistryExceptionMapper.class);
        property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
        property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        property(ServerProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
    }
}
