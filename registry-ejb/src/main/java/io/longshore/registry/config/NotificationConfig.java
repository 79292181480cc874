package io.longshore.registry.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What is told of what happens, and to whom.
 *
 * @param includeReferences whether events of manifests tell what these consist of
 * @param pulls whether a pull is an event at all
 * @param retention how long it is kept what was delivered or given up, and each attempt
 * @param targets where events may be sent to
 * @param endpoints in the order written, those that are switched off among them; no two have one name
 */
public record NotificationConfig(
        boolean includeReferences,
        boolean pulls,
        Duration retention,
        Targets targets,
        List<EndpointConfig> endpoints) {
    public NotificationConfig {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * Where events may be sent to, whoever names the endpoint.
     *
     * @param http whether by plain HTTP
     * @param privateAddresses whether to this machine and to networks that are not part of the internet
     * @param permitted addresses that are permitted although they are private
     */
    public record Targets(boolean http, boolean privateAddresses, List<AddressRange> permitted) {
        public Targets {
            permitted = List.copyOf(permitted);
        }

        /** Whether the scheme of an address of HTTP or HTTPS is permitted. Where it leads is another question. */
        public boolean permitsSchemeOf(URI url) {
            return http || "https".equalsIgnoreCase(url.getScheme());
        }
    }
}
