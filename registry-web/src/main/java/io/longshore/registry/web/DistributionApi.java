package io.longshore.registry.web;

import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The distribution API, {@code /v2/}, as a JAX-RS application. Its resources are made once and serve every request. */
public final class DistributionApi extends ResourceConfig {

    public DistributionApi() {
        register(new VersionResource());
        property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
    }
}
