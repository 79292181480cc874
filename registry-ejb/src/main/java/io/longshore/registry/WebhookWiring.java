package io.longshore.registry;

import io.longshore.registry.audit.Via;
import io.longshore.registry.config.RegistryConfig;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

/** Says to CDI how webhooks are made, as {@link Wiring} does of the rest. */
@Dependent
public class WebhookWiring {

    /** This node, as others and receivers of webhooks know it. */
    @Produces
    @Singleton
    static Via.Node node(RegistryConfig config) {
        return new Via.Node(hostName() + ':' + config.http().addr().port(), UUID.randomUUID());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
