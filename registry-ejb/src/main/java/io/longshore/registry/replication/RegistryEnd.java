package io.longshore.registry.replication;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A registry that is copied from or to. Thread-safe. */
interface RegistryEnd {

    /**
     * The names of all its repositories.
     *
     * @throws RegistryException if they are not to be had
     * @throws UncheckedIOException if they cannot be asked for
     */
    List<RepositoryName> repositories() throws IOException;

    /** One of them, which need not exist. */
    RepositoryEnd repository(RepositoryName name);
}
