package io.longshore.registry.access;

import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Visibility;
import java.util.List;
import java.util.Optional;

/**
 * Permissions that consist of grants.
 *
 * @param grants each gives something
 * @param limits what is not within one of these is not given, whatever the grants; empty for no limits
 */
public record GrantedPermissions(List<Grant> grants, Optional<List<Grant>> limits) implements Permissions {
    public GrantedPermissions {
        grants = List.copyOf(grants);
        limits = limits.map(List::copyOf);
    }

    @Override
    public boolean allow(RepositoryName repository, Action action) {
        return anyAllows(grants, repository, action)
                && limits.stream().allMatch(limit -> anyAllows(limit, repository, action));
    }

    private static boolean anyAllows(List<Grant> grants, RepositoryName repository, Action action) {
        return grants.stream().anyMatch(grant -> grant.allows(repository, action));
    }

    @Override
    public Visibility visible() {
        Visibility granted = Visibility.of(pullable(grants));
        return limits.map(limit -> granted.and(pullable(limit))).orElse(granted);
    }

    private static List<RepositoryPattern> pullable(List<Grant> grants) {
        return grants.stream()
                .filter(grant -> grant.allows(Action.PULL))
                .map(Grant::repositories)
                .distinct()
                .toList();
    }

    @Override
    public boolean allowAdministration() {
        return administers(grants) && limits.stream().allMatch(GrantedPermissions::administers);
    }

    private static boolean administers(List<Grant> grants) {
        return grants.stream()
                .anyMatch(grant -> grant.allows(Action.ADMIN) && grant.repositories().equals(RepositoryPattern.ALL));
    }
}
