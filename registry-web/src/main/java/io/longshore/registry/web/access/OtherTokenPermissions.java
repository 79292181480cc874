package io.longshore.registry.web.access;

import io.longshore.registry.access.Permissions;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Visibility;

/**
 * What a token of another service is good for: what it says, whatever the rules. Only who administers the registry is
 * for the rules to say, since there is no scope for that.
 */
record OtherTokenPermissions(Permissions claims, Permissions rules) implements Permissions {

    @Override
    public boolean allow(RepositoryName repository, Action action) {
        return claims.allow(repository, action);
    }

    @Override
    public Visibility visible() {
        return claims.visible();
    }

    @Override
    public boolean allowAdministration() {
        return rules.allowAdministration();
    }
}
