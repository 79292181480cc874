/**
 * What drivers of object stores have in common: the names of objects, and a place for the bytes of one request. Uses
 * the driver interface and the model.
 */
package io.longshore.registry.storage.object;
