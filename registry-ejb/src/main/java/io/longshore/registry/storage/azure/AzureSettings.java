package io.longshore.registry.storage.azure;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Where in Azure the blobs lie, and how to get there.
 *
 * @param endpoint the blob service of the account, such as {@code https://images.blob.core.windows.net}
 * @param container must be there already
 * @param rootDirectory what the names of all objects begin with; {@code ""} for nothing
 * @param legacyRootPrefix whether a slash stands before the root, as older releases of distribution had it: Azure shows
 *     such a tree below {@code //}
 * @param maxRetries how often a request that failed for a while is tried again
 * @param retryDelay how long to wait before the first of these; doubled for each further one
 * @param addressLifetime how long an address can be used; six days at most, as an identity signs for a week at most
 * @param publicEndpoint what addresses begin with in place of the endpoint
 */
public record AzureSettings(
        String accountName,
        AzureCredential credential,
        URI endpoint,
        String container,
        String rootDirectory,
        boolean legacyRootPrefix,
        int maxRetries,
        Duration retryDelay,
        Duration addressLifetime,
        Optional<URI> publicEndpoint) {}
