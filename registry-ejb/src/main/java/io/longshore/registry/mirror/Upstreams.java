package io.longshore.registry.mirror;

import io.longshore.registry.config.MirrorConfig;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.model.RepositoryName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The upstreams: those of the configuration. Thread-safe. */
public final class Upstreams {
    private final Database database;
    private final MirrorConfig config;
    private final MirrorObserver observer;
    private final UpstreamTable table = new UpstreamTable();
    /** The longest prefix first: it says most. */
    private volatile List<Source> sources = List.of();

    /** @param observer is told what upstreams are asked */
    public Upstreams(Database database, MirrorConfig config, MirrorObserver observer) {
        this.database = database;
        this.config = config;
        this.observer = observer;
    }

    /** Writes what the configuration says, and goes by it; to be called when the node starts. */
    public void adopt() {
        List<Source> known = new ArrayList<>();
        for (UpstreamConfig one : config.upstreams()) {
            long id = database.statement(tx -> table.adopt(tx, one.name()));
            known.add(Source.of(new Upstream(id, one), observer));
        }
        known.sort(Comparator.comparing((Source source) -> prefix(source).length()).reversed());
        sources = List.copyOf(known);
    }

    private static String prefix(Source source) {
        return source.upstream().config().place().prefix();
    }

    /** Those that this node knows. */
    List<Upstream> all() {
        return sources.stream().map(Source::upstream).toList();
    }

    /** Whether there are any: where there are not, it is of no interest by what name a client knows this registry. */
    boolean any() {
        return !sources.isEmpty();
    }

    /** What is called so by clients that know the upstream by its host; empty if no upstream is called so. */
    Optional<Source> ofNamespace(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return sources.stream()
                .filter(source -> source.upstream().config().place().namespaces().contains(lower))
                .findFirst();
    }

    /** Which repository of which upstream this is; empty if it is one of our own. */
    Optional<MirroredRepository> find(RepositoryName repository) {
        for (Source source : sources) {
            Optional<RepositoryName> there = source.upstream().remoteName(repository);
            if (there.isPresent()) {
                return Optional.of(new MirroredRepository(source, repository, there.get()));
            }
        }
        return Optional.empty();
    }
}
