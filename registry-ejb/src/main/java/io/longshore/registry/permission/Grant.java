package io.longshore.registry.permission;

import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import java.util.Set;

/** Leave to do some things with some repositories. */
public record Grant(RepositoryPattern repositories, Set<Action> actions) {
    /** @throws IllegalArgumentException if there are no actions */
    public Grant {
        actions = Set.copyOf(actions);
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("expected at least one action");
        }
    }

    public boolean allows(RepositoryName repository, Action action) {
        return allows(action) && repositories.matches(repository);
    }

    /** Whether it allows this with some repository. */
    public boolean allows(Action action) {
        return actions.stream().anyMatch(given -> given.includes(action));
    }
}
