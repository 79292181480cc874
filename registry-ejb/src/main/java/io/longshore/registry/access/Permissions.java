package io.longshore.registry.access;

import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Visibility;

/** What somebody may do. Immutable and thread-safe. */
public interface Permissions {

    boolean allow(RepositoryName repository, Action action);

    /** The repositories that may be listed. */
    Visibility visible();

    /** Whether the registry as a whole may be administered. */
    boolean allowAdministration();
}
