package io.longshore.registry.manifest;

import io.longshore.registry.model.Descriptor;

/** Which manifests that an index lists have to be in the repository before the index. */
@FunctionalInterface
public interface ChildPolicy {
    boolean requires(Descriptor child);
}
