/**
 * Keeps blobs in the memory of this process: for tests and trials. Everything that a driver promises, but for
 * durability: the end of the process is the end of the blobs. Uses the driver interface and the model.
 */
package io.longshore.registry.storage.memory;
