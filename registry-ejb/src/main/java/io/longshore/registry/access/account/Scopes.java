package io.longshore.registry.access.account;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Lists of grants as they are kept: one for each pattern. */
final class Scopes {

    private Scopes() {}

    /**
     * The same grants, with the actions of equal patterns put together.
     *
     * @throws RegistryException.Invalid if there are more than {@code most}
     */
    static List<Grant> merged(List<Grant> grants, int most) {
        if (grants.size() > most) {
            throw new RegistryException.Invalid(ErrorCode.UNSUPPORTED, "expected at most " + most + " scopes", "");
        }
        Map<String, Set<Action>> actions = new TreeMap<>();
        grants.forEach(grant -> actions
                .computeIfAbsent(grant.repositories().value(), pattern -> EnumSet.noneOf(Action.class))
                .addAll(grant.actions()));
        List<Grant> merged = new ArrayList<>();
        actions.forEach((pattern, all) -> merged.add(new Grant(new RepositoryPattern(pattern), all)));
        return merged;
    }
}
