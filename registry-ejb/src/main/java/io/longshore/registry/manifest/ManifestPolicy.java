package io.longshore.registry.manifest;

import io.longshore.registry.model.Descriptor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What this registry asks of manifests beyond the specification, and does with them.
 *
 * @param requiresChild which manifests that an index lists have to be in the repository before the index
 * @param permitsUrl which URLs a layer may name
 * @param tellsContent whether somebody wants to be told at present what a manifest that is pushed consists of
 */
public record ManifestPolicy(
        Predicate<Descriptor> requiresChild, Predicate<String> permitsUrl, BooleanSupplier tellsContent) {}
