package io.longshore.registry.replication;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;

/**
 * What a repository is called at the target.
 *
 * @param strip what its name loses at the beginning, if it begins so
 * @param add what is put before the rest
 */
public record Mapping(String strip, String add) {
    /** What it is called at the source. */
    public static final Mapping NONE = new Mapping("", "");

    /** @throws RegistryException.Invalid if nothing can be called so */
    public RepositoryName target(RepositoryName source) {
        String name = source.value();
        return RepositoryName.parse(add + (name.startsWith(strip) ? name.substring(strip.length()) : name));
    }
}
