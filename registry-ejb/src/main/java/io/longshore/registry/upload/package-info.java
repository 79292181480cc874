/**
 * Uploads: the way of bytes from a client into a blob. A session is a row of the database, so that it survives restarts
 * and goes on at any node; the node that received the last chunk also keeps the running hash in memory.
 *
 * <p>Uses the database, the storage, the audit, and blobs, which uploads end as.
 */
package io.longshore.registry.upload;
