/** Tags: names of manifests, objects of their own. What a tag named before is kept by the schema. */
package io.longshore.registry.tag;
