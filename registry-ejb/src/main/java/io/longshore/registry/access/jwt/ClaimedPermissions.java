package io.longshore.registry.access.jwt;

import io.longshore.registry.access.Permissions;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Visibility;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the {@code access} claim of a token gives, in the form of Docker's token specification. Nothing in it but names
 * of repositories gives anything, so no text in it can be taken for another; nothing in it gives administration.
 *
 * @param repositories what may be done with which
 * @param catalog whether all repositories may be listed
 */
public record ClaimedPermissions(Map<RepositoryName, Set<Action>> repositories, boolean catalog)
        implements Permissions {
    public static final String CLAIM = "access";
    public static final ClaimedPermissions NONE = new ClaimedPermissions(Map.of(), false);

    private static final String ANY_ACTION = "*";
    /** A repository may be of a class, such as {@code repository(plugin)}; it makes no difference. */
    private static final Pattern REPOSITORY = Pattern.compile("repository(?:\\([a-z0-9]+\\))?");

    public ClaimedPermissions {
        repositories = Map.copyOf(repositories);
    }

    /** What this token gives. Entries that are not as they should be give nothing. */
    public static ClaimedPermissions of(JwtClaims claims) {
        Optional<Object> value = claims.value(CLAIM);
        if (value.isEmpty() || !(value.get() instanceof List<?> entries)) {
            return NONE;
        }
        Map<RepositoryName, Set<Action>> repositories = new HashMap<>();
        boolean catalog = false;
        for (Object item : entries) {
            if (item instanceof Map<?, ?> entry && entry.get("name") instanceof String name) {
                List<String> words = words(entry.get("actions"));
                catalog |= "registry".equals(entry.get("type")) && name.equals("catalog") && words.contains(ANY_ACTION);
                if (entry.get("type") instanceof String type && REPOSITORY.matcher(type).matches()) {
                    add(repositories, name, words);
                }
            }
        }
        return new ClaimedPermissions(repositories, catalog);
    }

    /** None if any of it is no text: then it is anybody's guess what was meant. */
    private static List<String> words(Object actions) {
        boolean texts = actions instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
        return texts ? JwtClaims.texts(actions) : List.of();
    }

    private static void add(Map<RepositoryName, Set<Action>> repositories, String name, List<String> words) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (Action action : List.of(Action.PULL, Action.PUSH, Action.DELETE)) {
            if (words.contains(action.word()) || words.contains(ANY_ACTION)) {
                actions.add(action);
            }
        }
        if (actions.isEmpty()) {
            return;
        }
        try {
            repositories.merge(RepositoryName.parse(name), actions, ClaimedPermissions::union);
        } catch (RegistryException e) {
            // Not the name of a repository, so there is none to give.
        }
    }

    private static Set<Action> union(Set<Action> one, Set<Action> other) {
        Set<Action> both = EnumSet.copyOf(one);
        both.addAll(other);
        return both;
    }

    @Override
    public boolean allow(RepositoryName repository, Action action) {
        return repositories.getOrDefault(repository, Set.of()).contains(action);
    }

    @Override
    public Visibility visible() {
        return catalog ? Visibility.ALL : Visibility.NONE;
    }

    @Override
    public boolean allowAdministration() {
        return false;
    }
}
