package io.longshore.registry.web.admin;

import io.longshore.registry.web.api.InstancesApi;
import io.longshore.registry.web.error.RegistryExceptionMapper;
import java.util.List;
import org.glassfish.jersey.server.ServerProperties;

/**
 * The administration API, {@code /api/v1/}, as a JAX-RS application. Jersey makes something of it when it is first
 * asked, which the start of a server does not wait for.
 */
public final class AdminApi extends InstancesApi {
    private static final int REPLY_BYTES = 8 << 10;

    /** @param resources of this package */
    public AdminApi(List<Object> resources) {
        super(resources);
        register(new AdministrationFeature());
        register(new ParametersFeature());
        register(new JsonRequests());
        register(JsonReader.class);
        register(JsonWriter.class);
        register(RegistryExceptionMapper.class);
        // Short enough to be sent with their length.
        property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, REPLY_BYTES);
    }
}
