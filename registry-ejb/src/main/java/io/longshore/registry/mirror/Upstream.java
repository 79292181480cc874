package io.longshore.registry.mirror;

import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.model.RepositoryName;
import java.util.Optional;
import java.util.Set;

/**
 * A registry that is mirrored here. Immutable.
 *
 * @param id in the database
 */
public record Upstream(long id, UpstreamConfig config) {
    /** Docker Hub, by all its names. */
    private static final Set<String> DOCKER_HUB = Set.of("docker.io", "index.docker.io", "registry-1.docker.io");

    public String name() {
        return config.name();
    }

    /** What the repository of this name here is called there; empty if it is none of this upstream. */
    Optional<RepositoryName> remoteName(RepositoryName here) {
        String prefix = config.place().prefix();
        String name = here.value();
        if (!prefix.isEmpty()) {
            if (!name.startsWith(prefix) || name.length() <= prefix.length() + 1 || name.charAt(prefix.length()) != '/') {
                return Optional.empty();
            }
            name = name.substring(prefix.length() + 1);
        }
        RepositoryName there = new RepositoryName(withLibrary(name));
        boolean isMirrored = config.place().repositories().stream().anyMatch(pattern -> pattern.matches(there));
        return isMirrored ? Optional.of(there) : Optional.empty();
    }

    /** People leave out what Docker's clients put before the names of official images. */
    private String withLibrary(String name) {
        return name.indexOf('/') < 0 && DOCKER_HUB.contains(config.url().getHost()) ? "library/" + name : name;
    }

    /** What the repository of this name there is called here. */
    RepositoryName localName(RepositoryName there) {
        String prefix = config.place().prefix();
        return prefix.isEmpty() ? there : new RepositoryName(prefix + '/' + there);
    }

    @Override
    public String toString() {
        return name();
    }
}
