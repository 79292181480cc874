/**
 * Blobs in a container of Azure Blob Storage. {@link io.longshore.registry.storage.azure.AzureBlobStore#open} is the
 * way in. Uses the driver interface, what drivers of object stores share, the model, and the libraries of Azure.
 */
package io.longshore.registry.storage.azure;
