package io.longshore.registry.access;

import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Permissions that consist of grants.
 *
 * @param everybodys what everybody is granted, whatever the limits: no credential gives less than none
 * @param grants what is granted beside that
 * @param limits grants that are not within one of these give nothing; empty for no limits
 */
public record GrantedPermissions(List<Grant> everybodys, List<Grant> grants, Optional<List<Grant>> limits)
        implements Permissions {
    public GrantedPermissions {
        everybodys = List.copyOf(everybodys);
        grants = List.copyOf(grants);
        limits = limits.map(List::copyOf);
    }

    @Override
    public boolean allow(RepositoryName repository, Action action) {
        return anyAllows(everybodys, repository, action)
                || anyAllows(grants, repository, action)
                        && limits.stream().allMatch(limit -> anyAllows(limit, repository, action));
    }

    private static boolean anyAllows(List<Grant> grants, RepositoryName repository, Action action) {
        return grants.stream().anyMatch(grant -> grant.allows(repository, action));
    }

    /** Everybody's, and what is within grants and limits: (everybody's or grants) and (everybody's or limits). */
    @Override
    public Visibility visible() {
        Visibility granted = Visibility.of(pullable(grants));
        return limits.map(limit -> granted.and(pullable(limit))).orElse(granted);
    }

    private List<RepositoryPattern> pullable(List<Grant> grants) {
        return Stream.concat(everybodys.stream(), grants.stream())
                .filter(grant -> grant.allows(Action.PULL))
                .map(Grant::repositories)
                .distinct()
                .toList();
    }

    @Override
    public boolean allowAdministration() {
        return administers(everybodys)
                || administers(grants) && limits.stream().allMatch(GrantedPermissions::administers);
    }

    private static boolean administers(List<Grant> grants) {
        return grants.stream()
                .anyMatch(grant -> grant.allows(Action.ADMIN) && grant.repositories().equals(RepositoryPattern.ALL));
    }
}
