package io.longshore.registry.web.admin;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What may be done with some repositories, as it is read and written. */
public record ScopeJson(String repositories, List<String> actions) {

    static ScopeJson of(Grant grant) {
        return new ScopeJson(
                grant.repositories().value(), grant.actions().stream().sorted().map(Action::word).toList());
    }

    static Grant read(Fields fields) {
        RepositoryPattern repositories = RepositoryPattern.parse(fields.text("repositories"));
        Set<Action> actions = new HashSet<>();
        for (String word : fields.texts("actions")) {
            actions.add(Action.of(word).orElseThrow(ScopeJson::noAction));
        }
        if (actions.isEmpty()) {
            throw noAction();
        }
        return new Grant(repositories, actions);
    }

    private static RegistryException noAction() {
        return new RegistryException.Invalid(
                ErrorCode.UNSUPPORTED, "actions: expected at least one of pull, push, delete, admin", "");
    }
}
