package io.longshore.registry.mirror;

import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RepositoryName;

/**
 * What an upstream is asked for.
 *
 * @param repository by its name there
 */
record Question(Kind kind, RepositoryName repository, Reference reference) {
    enum Kind {
        MANIFEST,
        BLOB,
        REFERRERS
    }

    @Override
    public String toString() {
        return repository + (kind == Kind.BLOB ? " blob " : " ") + reference;
    }
}
