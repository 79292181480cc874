package io.longshore.registry.manifest;

import io.longshore.registry.model.Descriptor;
import java.util.function.Predicate;

/**
 * What this registry asks of manifests beyond the specification.
 *
 * @param requiresChild which manifests that an index lists have to be in the repository before the index
 * @param permitsUrl which URLs a layer may name
 */
public record ManifestPolicy(Predicate<Descriptor> requiresChild, Predicate<String> permitsUrl) {}
