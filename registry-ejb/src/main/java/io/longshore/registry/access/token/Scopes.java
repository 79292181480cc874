package io.longshore.registry.access.token;

import io.longshore.registry.access.token.TokenAccess.Catalog;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Access as clients write it: {@code repository:team/app:pull,push registry:catalog:*}.
 *
 * <p>Docker's "Token Scope Documentation". Whatever is no scope, or is of something that is unknown here, asks for
 * nothing: a token with less than was asked for is the answer then, too.
 */
public final class Scopes {
    /** So many scopes can be asked for at once. */
    public static final int MOST = 100;

    static final String REPOSITORY = "repository";
    static final String REGISTRY = "registry";
    static final String CATALOG = "catalog";
    static final String ALL_ACTIONS = "*";

    /** Longer than any scope with the longest name of a repository behind the longest name of a host. */
    private static final int LONGEST = 640;

    private final Map<RepositoryName, Set<Action>> repositories = new LinkedHashMap<>();
    private Optional<Catalog> catalog = Optional.empty();

    private Scopes() {}

    /**
     * Reads scopes.
     *
     * @param values as they were sent: each may hold several, separated by spaces
     * @return empty if there are more than {@link #MOST}
     */
    public static Optional<TokenAccess> parse(List<String> values) {
        List<String> all = new ArrayList<>();
        for (String value : values) {
            for (String scope : value.split(" ")) {
                if (!scope.isEmpty()) {
                    all.add(scope);
                }
            }
        }
        if (all.size() > MOST) {
            return Optional.empty();
        }
        Scopes scopes = new Scopes();
        all.stream().filter(scope -> scope.length() <= LONGEST).forEach(scopes::add);
        return Optional.of(new TokenAccess(scopes.repositories, scopes.catalog));
    }

    private void add(String scope) {
        int first = scope.indexOf(':');
        int last = scope.lastIndexOf(':');
        if (first == last) {
            return;
        }
        String type = withoutClass(scope.substring(0, first));
        String name = scope.substring(first + 1, last);
        List<String> actions = List.of(scope.substring(last + 1).split(","));
        if (type.equals(REPOSITORY)) {
            addRepository(name, actions);
        } else if (type.equals(REGISTRY) && name.equals(CATALOG) && actions.contains(ALL_ACTIONS)) {
            catalog = Optional.of(Catalog.WHOLE);
        }
    }

    /** What kind of content a repository holds, as in {@code repository(plugin)}, changes nothing. */
    private static String withoutClass(String type) {
        int bracket = type.indexOf('(');
        return bracket > 0 && type.endsWith(")") ? type.substring(0, bracket) : type;
    }

    private void addRepository(String name, List<String> words) {
        Set<Action> actions = EnumSet.noneOf(Action.class);
        for (Action action : TokenAccess.ACTIONS) {
            if (words.contains(action.word()) || words.contains(ALL_ACTIONS)) {
                actions.add(action);
            }
        }
        try {
            repositories
                    .computeIfAbsent(RepositoryName.parse(withoutHost(name)), any -> EnumSet.noneOf(Action.class))
                    .addAll(actions);
        } catch (RegistryException.Invalid noName) {
            // asks for nothing
        }
    }

    /** Some clients put the host before the name. One with a port can be told from a part of the name. */
    private static String withoutHost(String name) {
        int slash = name.indexOf('/');
        return slash > 0 && name.lastIndexOf(':', slash) > 0 ? name.substring(slash + 1) : name;
    }

    /** The written form. {@link #parse} reads it, but for what no client asks for: to list what its subject may see. */
    public static String format(TokenAccess access) {
        List<String> scopes = new ArrayList<>();
        access.repositories().forEach((name, actions) ->
                scopes.add(REPOSITORY + ':' + name + ':' + String.join(",", TokenAccess.words(actions))));
        access.catalog().ifPresent(catalog -> scopes.add(REGISTRY + ':' + CATALOG + ':' + catalog.word()));
        return String.join(" ", scopes);
    }
}
