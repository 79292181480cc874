package io.longshore.registry.web.access;

import io.longshore.registry.access.Permissions;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Visibility;

/**
 * What a token of this registry is good for: what it says, as long as the rules allow it. Not for administration, for
 * which there is no scope.
 */
record OwnTokenPermissions(Permissions claims, Permissions rules) implements Permissions {

    @Override
    public boolean allow(RepositoryName repository, Action action) {
        return claims.allow(repository, action) && rules.allow(repository, action);
    }

    @Override
    public Visibility visible() {
        return claims.visible().isNone() ? Visibility.NONE : rules.visible();
    }

    @Override
    public boolean allowAdministration() {
        return false;
    }
}
