/**
 * Manifests: stored byte for byte as they came, with all that they reference, in one transaction. What they reference
 * is there when they are, and stays there while they do; the schema's foreign keys see to that.
 *
 * <p>Uses the database, the audit and no other feature.
 */
package io.longshore.registry.manifest;
