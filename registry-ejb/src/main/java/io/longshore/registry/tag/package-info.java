/**
 * Tags: names of manifests, objects of their own. What a tag named before is kept by the schema. Uses the database,
 * the audit and no other feature.
 */
package io.longshore.registry.tag;
