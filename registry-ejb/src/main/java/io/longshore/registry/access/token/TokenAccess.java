package io.longshore.registry.access.token;

import io.longshore.registry.access.Permissions;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a token is asked for, or good for. Immutable.
 *
 * @param repositories what may be done with each, in the order asked; never {@link Action#ADMIN}, which no token gives
 * @param catalog what may be listed; empty for nothing
 */
public record TokenAccess(Map<RepositoryName, Set<Action>> repositories, Optional<Catalog> catalog) {
    /** What can be done by token, in the order in which it is written. */
    static final List<Action> ACTIONS = List.of(Action.PULL, Action.PUSH, Action.DELETE);

    /** Which repositories may be listed. */
    public enum Catalog {
        /** Those that the subject may see. */
        VISIBLE("pull"),
        /** All there are, also by a registry that knows nothing of our rules. */
        WHOLE("*");

        private final String word;

        Catalog(String word) {
            this.word = word;
        }

        /** As it is written among the actions of a token. */
        String word() {
            return word;
        }
    }

    public TokenAccess {
        Map<RepositoryName, Set<Action>> copy = new LinkedHashMap<>();
        repositories.forEach((name, actions) -> copy.put(name, Set.copyOf(actions)));
        repositories = Collections.unmodifiableMap(copy);
    }

    /** That part of it which these permissions allow. Repositories of which nothing is left are left out. */
    public TokenAccess within(Permissions permissions) {
        Map<RepositoryName, Set<Action>> granted = new LinkedHashMap<>();
        repositories.forEach((name, actions) -> {
            Set<Action> allowed = actions.stream()
                    .filter(action -> permissions.allow(name, action))
                    .collect(Collectors.toSet());
            if (!allowed.isEmpty()) {
                granted.put(name, allowed);
            }
        });
        Catalog most = permissions.allowAdministration() ? Catalog.WHOLE : Catalog.VISIBLE;
        return new TokenAccess(granted, catalog.map(asked -> asked.compareTo(most) < 0 ? asked : most));
    }

    /** The words of these actions, in their order. */
    static List<String> words(Set<Action> actions) {
        return ACTIONS.stream().filter(actions::contains).map(Action::word).toList();
    }
}
