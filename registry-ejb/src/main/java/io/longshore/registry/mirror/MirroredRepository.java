package io.longshore.registry.mirror;

import io.longshore.registry.model.RepositoryName;

/**
 * A repository here that is one of an upstream.
 *
 * @param here its name in this registry
 * @param there its name at the upstream
 */
record MirroredRepository(Source source, RepositoryName here, RepositoryName there) {
    Upstream upstream() {
        return source.upstream();
    }

    @Override
    public String toString() {
        return there + " of " + upstream();
    }
}
