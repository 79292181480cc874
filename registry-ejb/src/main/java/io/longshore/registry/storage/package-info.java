/**
 * Where blob bytes live. {@link io.longshore.registry.storage.BlobStore} is the one interface that a driver implements;
 * each driver has a package of its own below this one. A driver knows nothing of HTTP, SQL or the registry, and uses
 * nothing of this project but the model.
 */
package io.longshore.registry.storage;
