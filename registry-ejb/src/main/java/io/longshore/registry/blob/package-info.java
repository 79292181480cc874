/**
 * Blobs of repositories: finding, reading, mounting and deleting them. The bytes lie in the storage once for the whole
 * registry; a repository has a blob by a link.
 *
 * <p>Uses the database, the storage and the audit, and no other feature; uploads use it to end as blobs.
 */
package io.longshore.registry.blob;
