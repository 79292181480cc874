package io.longshore.registry.client;

import java.util.Optional;

/**
 * What a registry says of itself to this client, without anything being changed in it.
 *
 * @param apiVersion such as {@code registry/2.0}; most say so, none has to ({@code Docker-Distribution-Api-Version})
 * @param server the product, or what stands before it, if it tells ({@code Server}); for messages, not for decisions
 * @param listsRepositories whether {@link RegistryClient#catalog()} works with these credentials
 */
public record RegistryCapabilities(
        Optional<String> apiVersion, Optional<String> server, boolean listsRepositories) {}
