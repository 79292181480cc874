/** The stores that the servers under test keep their blobs in. */
package io.longshore.registry.it.storage;
