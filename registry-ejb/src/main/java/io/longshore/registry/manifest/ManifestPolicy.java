package io.longshore.registry.manifest;

import io.longshore.registry.model.Descriptor;
import java.util.function.Predicate;

/**
 * What this registry asks of manifests beyond the specification.
 *
 * @param requiresChild which manifests that an index lists have to be in the repository before the index
 * @param permitsUrl which URLs a layer may name
 */
public record ManifestPolicy(Predicate<Descriptor> requiresChild, Predicate<String> permitsUrl) {
    /** Everything that an index lists has to be there; layers may name any URL. */
    public static final ManifestPolicy COMPLETE = new ManifestPolicy(child -> true, url -> true);

    /** An index may come before what it lists; layers may name any URL. */
    public static final ManifestPolicy SPARSE = new ManifestPolicy(child -> false, url -> true);
}
