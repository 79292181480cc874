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

    /** Says how a pull from it went. */
    void note(MirrorObserver.Kind kind, MirrorObserver.Outcome outcome) {
        source.observer().pulled(upstream().name(), kind, outcome);
    }

    /** Says that bytes of it were sent to a client. */
    void served(MirrorObserver.Kind kind, long bytes) {
        source.observer().served(upstream().name(), kind, bytes);
    }

    @Override
    public String toString() {
        return there + " of " + upstream();
    }
}
