/**
 * Blobs of repositories: finding, reading, mounting and deleting them. The bytes lie in the storage once for the whole
 * registry; a repository has a blob by a link.
 */
package io.longshore.registry.blob;
