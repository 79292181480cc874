package io.longshore.registry.permission;

import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Which repositories somebody may see. Immutable.
 *
 * @param conditions each a list of patterns of which a repository must match one; a repository that meets all
 *     conditions is seen
 */
public record Visibility(List<List<RepositoryPattern>> conditions) {
    public static final Visibility ALL = new Visibility(List.of());
    public static final Visibility NONE = new Visibility(List.of(List.of()));

    public Visibility {
        conditions = conditions.stream().map(List::copyOf).toList();
    }

    /** Those that match one of these patterns. */
    public static Visibility of(List<RepositoryPattern> patterns) {
        return patterns.contains(RepositoryPattern.ALL) ? ALL : new Visibility(List.of(patterns));
    }

    /** Those that match one of these patterns as well. */
    public Visibility and(List<RepositoryPattern> patterns) {
        if (patterns.contains(RepositoryPattern.ALL)) {
            return this;
        }
        List<List<RepositoryPattern>> all = new ArrayList<>(conditions);
        all.add(patterns);
        return new Visibility(all);
    }

    public boolean includes(RepositoryName repository) {
        return conditions.stream()
                .allMatch(patterns -> patterns.stream().anyMatch(pattern -> pattern.matches(repository)));
    }

    /** Whether no repository can be seen, whatever its name. */
    public boolean isNone() {
        return conditions.stream().anyMatch(List::isEmpty);
    }
}
