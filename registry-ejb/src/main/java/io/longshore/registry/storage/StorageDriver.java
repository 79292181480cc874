package io.longshore.registry.storage;

import java.io.IOException;

/**
 * Makes the store of a driver that is not part of the registry. Such a driver is a CDI bean with
 * {@link jakarta.inject.Named @Named}, in a jar among the libraries of the EAR; {@code storage.driver.name} chooses it.
 */
public interface StorageDriver {

    /**
     * Opens the store, once, when the registry starts; the registry closes it. What fails here stops the start, and the
     * message is what the administrator reads: it says what to do, and holds no secret.
     *
     * @param parameters what stands in the configuration under {@code storage.driver.parameters}
     * @throws IllegalArgumentException if a parameter is missing, unknown or wrong
     * @throws IOException if the store cannot be used
     */
    BlobStore open(DriverParameters parameters) throws IOException;
}
