package io.longshore.registry.replication;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.database.Slice;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Visibility;
import java.util.ArrayList;
import java.util.List;

/** This registry, without HTTP. Thread-safe. */
final class LocalRegistry implements RegistryEnd {
    private static final int PAGE = 1000;

    private final LocalServices services;
    private final Actor actor;

    /** @param actor on whose behalf something is done */
    LocalRegistry(LocalServices services, Actor actor) {
        this.services = services;
        this.actor = actor;
    }

    @Override
    public List<RepositoryName> repositories() {
        List<RepositoryName> names = new ArrayList<>();
        Slice<RepositoryName> page;
        do {
            String last = names.isEmpty() ? "" : names.get(names.size() - 1).value();
            page = services.catalog().list(Visibility.ALL, last, PAGE);
            names.addAll(page.items());
        } while (page.more());
        return names;
    }

    @Override
    public RepositoryEnd repository(RepositoryName name) {
        return new LocalRepository(services, actor, name);
    }
}
