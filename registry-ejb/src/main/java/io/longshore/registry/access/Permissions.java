package io.longshore.registry.access;

import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import java.util.List;

/** What somebody may do. Immutable and thread-safe. */
public interface Permissions {

    boolean allow(RepositoryName repository, Action action);

    /** The repositories that may be pulled from: those that match any of these. */
    List<RepositoryPattern> pullable();

    /** Whether the registry as a whole may be administered. */
    boolean allowAdministration();
}
