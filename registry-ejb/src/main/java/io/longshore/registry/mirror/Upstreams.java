package io.longshore.registry.mirror;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.config.MirrorConfig;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.seal.Seal;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The upstreams: those of the configuration and those of the administration API. Each node knows them all, as they were a
 * second ago. Thread-safe.
 */
public final class Upstreams {
    private static final System.Logger LOG = System.getLogger(Upstreams.class.getName());

    private final Database database;
    private final Audit audit;
    private final Seal seal;
    private final MirrorObserver observer;
    private final BooleanSupplier readOnly;
    private final Map<String, UpstreamConfig> configured = new HashMap<>();
    private final UpstreamTable table = new UpstreamTable();
    /** Names of upstreams of which that was said. */
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    /** The longest prefix first: it says most. */
    private volatile List<Source> sources = List.of();
    private Future<?> looking;

    /**
     * @param seal for what of upstreams must not be seen in the database
     * @param observer is told what upstreams are asked
     * @param readOnly whether nothing may be written at present, so that nothing is to be fetched
     */
    public Upstreams(
            Database database, Audit audit, Seal seal, MirrorConfig config, MirrorObserver observer,
            BooleanSupplier readOnly) {
        this.database = database;
        this.audit = audit;
        this.seal = seal;
        this.observer = observer;
        this.readOnly = readOnly;
        config.upstreams().forEach(one -> configured.put(one.name(), one));
    }

    /** Writes what the configuration says, and goes by what there is; to be called when the node starts. */
    public void adopt() {
        // In the same order on each node: rows are locked one after the other.
        List<String> names = configured.keySet().stream().sorted().toList();
        database.transaction(tx -> {
            for (String name : names) {
                table.adopt(tx, name);
            }
            return null;
        });
        look();
    }

    /** Looks once a second what has changed, from now on. */
    public void start(ScheduledExecutorService executor) {
        looking = executor.scheduleWithFixedDelay(this::refresh, 1, 1, TimeUnit.SECONDS);
    }

    public void stop() {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    /** Lets nothing out: whatever is thrown would end this for good. */
    private void refresh() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "it could not be looked which registries are mirrored", e);
        }
    }

    /** What has not changed keeps what is known of it. */
    private synchronized void look() {
        Map<Upstream, Source> before = new HashMap<>();
        sources.forEach(source -> before.put(source.upstream(), source));
        List<Source> now = new ArrayList<>();
        for (UpstreamTable.Row row : database.statement(table::all)) {
            config(row).map(config -> new Upstream(row.id(), config)).ifPresent(upstream -> {
                Source known = before.get(upstream);
                now.add(known == null ? Source.of(upstream, observer, readOnly) : known);
            });
        }
        now.sort(Comparator.comparing((Source source) -> prefix(source).length()).reversed());
        sources = List.copyOf(now);
    }

    private static String prefix(Source source) {
        return source.upstream().config().place().prefix();
    }

    /** Empty if this node does not know it: the configuration of another has it, or its secret is another. */
    private Optional<UpstreamConfig> config(UpstreamTable.Row row) {
        if (row.config().isEmpty()) {
            return Optional.ofNullable(configured.get(row.name()));
        }
        try {
            return Optional.of(UpstreamSecrets.opened(row.secrets().orElseThrow(), seal).in(row.config().get()));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            if (unreadable.add(row.name())) {
                LOG.log(Level.ERROR, "the registry {0} is not mirrored by this node: its login was written with another"
                        + " http.secret", row.name());
            }
            return Optional.empty();
        }
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

    /** @throws RegistryException.NotFound if this node knows none of this name */
    public Upstream find(String name) {
        look();
        return all().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow(Upstreams::unknown);
    }

    /** All there are, by name, and how they are doing. */
    public List<MirrorStatus> list() {
        return statuses(Optional.empty());
    }

    /** @throws RegistryException.NotFound if there is none of this name */
    public MirrorStatus get(String name) {
        return statuses(Optional.of(name)).stream().findFirst().orElseThrow(Upstreams::unknown);
    }

    private List<MirrorStatus> statuses(Optional<String> name) {
        return database.statement(tx -> table.counted(tx, name)).stream()
                .map(one -> new MirrorStatus(
                        one.row().name(), config(one.row()), one.row().config().isEmpty(), one.row().createdBy(),
                        one.row().createdAt(), one.counts()))
                .toList();
    }

    /**
     * Adds one, which is mirrored from now on.
     *
     * @throws RegistryException.Refused if another has the same name, prefix or namespace
     */
    public void create(Actor actor, UpstreamConfig upstream) {
        String secrets = UpstreamSecrets.of(upstream).closed(seal);
        database.transaction(tx -> {
            table.lock(tx);
            List<UpstreamTable.Row> rows = table.all(tx);
            if (rows.stream().anyMatch(row -> row.name().equals(upstream.name()))) {
                throw conflict("there is an upstream of this name already", upstream.name());
            }
            checkDifferent(upstream, rows);
            table.insert(tx, upstream, secrets, actor.subject());
            audit.record(tx, AuditEvent.of("mirror.create", actor, upstream.name(), upstream.url().getHost()));
            return null;
        });
        look();
    }

    /**
     * Changes all but the name.
     *
     * @param change makes of what there is what is to be, and may be asked more than once; gets nothing if this node
     *     cannot read the secrets of what there is
     * @throws RegistryException.NotFound if there is none of this name
     * @throws RegistryException.Refused if the configuration has it, or another has the same prefix or namespace
     */
    public void change(Actor actor, String name, Function<Optional<UpstreamConfig>, UpstreamConfig> change) {
        database.transaction(tx -> {
            table.lock(tx);
            List<UpstreamTable.Row> rows = table.all(tx);
            UpstreamTable.Row row = row(rows, name);
            if (row.config().isEmpty()) {
                throw configured(name);
            }
            UpstreamConfig changed = change.apply(config(row));
            checkDifferent(changed, rows);
            table.update(tx, changed, UpstreamSecrets.of(changed).closed(seal));
            audit.record(tx, AuditEvent.of("mirror.change", actor, name, changed.url().getHost()));
            return null;
        });
        look();
    }

    /**
     * Mirrors it no more. What was fetched stays, in repositories like any other.
     *
     * @throws RegistryException.NotFound if there is none of this name
     * @throws RegistryException.Refused if the configuration of this node has it
     */
    public void delete(Actor actor, String name) {
        database.transaction(tx -> {
            table.lock(tx);
            UpstreamTable.Row row = row(table.all(tx), name);
            if (row.config().isEmpty() && configured.containsKey(name)) {
                throw configured(name);
            }
            table.delete(tx, name);
            audit.record(tx, AuditEvent.of("mirror.delete", actor, name, ""));
            return null;
        });
        look();
    }

    /** Records that somebody is about to remove what was fetched. */
    void recordDrop(Actor actor, String name, String what) {
        audit.record(AuditEvent.of("mirror.drop", actor, name, what));
    }

    private static UpstreamTable.Row row(Collection<UpstreamTable.Row> rows, String name) {
        return rows.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow(Upstreams::unknown);
    }

    /** Where two upstreams could be meant, none is. */
    private void checkDifferent(UpstreamConfig one, List<UpstreamTable.Row> rows) {
        for (UpstreamTable.Row row : rows) {
            UpstreamConfig other = row.config().orElse(configured.get(row.name()));
            if (other == null || row.name().equals(one.name())) {
                continue;
            }
            if (other.place().prefix().equals(one.place().prefix())) {
                throw conflict("the upstream " + row.name() + " has this prefix", one.place().prefix());
            }
            for (String namespace : one.place().namespaces()) {
                if (other.place().namespaces().contains(namespace)) {
                    throw conflict("the upstream " + row.name() + " has this namespace", namespace);
                }
            }
        }
    }

    private static RegistryException configured(String name) {
        return conflict("the configuration has this upstream: change it there", name);
    }

    private static RegistryException conflict(String message, String what) {
        return new RegistryException.Refused(RegistryException.Kind.CONFLICT, ErrorCode.DENIED, message, what);
    }

    private static RegistryException unknown() {
        return new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such upstream", "");
    }
}
