package io.longshore.registry.notification;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.AuditEvent;
import io.longshore.registry.audit.Via;
import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.config.NotificationConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.seal.Seal;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who is told what happens: the endpoints of the configuration and those of the administration API. Each node knows them
 * all, as they were a second ago. Thread-safe.
 */
public final class Endpoints {
    private static final System.Logger LOG = System.getLogger(Endpoints.class.getName());

    private final Database database;
    private final Audit audit;
    private final Seal seal;
    private final NotificationConfig config;
    private final Via.Node node;
    private final Map<String, EndpointConfig> configured;
    private final EndpointTable table = new EndpointTable();
    private final LaneTable lanes = new LaneTable();
    /** Names of endpoints of which that was said. */
    private final Set<String> unreadable = ConcurrentHashMap.newKeySet();
    private volatile Map<Long, Known> known = Map.of();

    /**
     * What there is.
     *
     * @param endpoint empty if this node does not know how to reach it
     */
    private record Known(EndpointTable.Row row, Optional<Endpoint> endpoint) {
        boolean isOn() {
            return row.state() != EndpointState.OFF;
        }
    }

    /** @param seal for what of endpoints must not be seen in the database */
    public Endpoints(Database database, Audit audit, Seal seal, NotificationConfig config, Via.Node node) {
        this.database = database;
        this.audit = audit;
        this.seal = seal;
        this.config = config;
        this.node = node;
        this.configured = config.endpoints().stream()
                .collect(Collectors.toMap(EndpointConfig::name, Function.identity()));
    }

    /**
     * Writes what the configuration says, for all nodes to tell by; to be called when the node starts. An endpoint that
     * this node does not have any more is switched off when no other has it.
     */
    public void adopt() {
        // In the same order on each node: rows are locked one after the other.
        List<EndpointConfig> ordered =
                config.endpoints().stream().sorted(Comparator.comparing(EndpointConfig::name)).toList();
        database.transaction(tx -> {
            for (EndpointConfig one : ordered) {
                table.adopt(tx, one.name(), one.disabled(), one.filter());
            }
            List<String> names = ordered.stream().map(EndpointConfig::name).filter(this::has).toList();
            if (!names.isEmpty()) {
                table.have(tx, node, names);
            }
            table.abandon(tx);
            return null;
        });
        look();
    }

    /** Looks what has changed. */
    void refresh() {
        look();
        Map<String, Known> on = known.values().stream()
                .filter(Known::isOn)
                .collect(Collectors.toMap(one -> one.row().name(), Function.identity()));
        if (configured.keySet().stream().anyMatch(name -> has(name) && !on.containsKey(name))) {
            // The others have forgotten this node: it was silent for long.
            adopt();
        } else if (on.values().stream().anyMatch(one -> one.row().made().configured() && !has(one.row().name()))) {
            database.transaction(tx -> {
                table.abandon(tx);
                return null;
            });
        }
    }

    private void look() {
        Map<Long, Known> now = new LinkedHashMap<>();
        for (EndpointTable.Row row : database.statement(table::all)) {
            now.put(row.id(), new Known(row, endpoint(row)));
        }
        known = now;
    }

    /** Whether it is to be told by this node, as far as the configuration of this node says. */
    private boolean has(String name) {
        EndpointConfig one = configured.get(name);
        return one != null && !one.disabled();
    }

    /** Empty if this node does not know how to reach it: another configures it, or knows the secret. */
    private Optional<Endpoint> endpoint(EndpointTable.Row row) {
        if (row.endpoint().isEmpty()) {
            return Optional.ofNullable(configured.get(row.name()))
                    .map(one -> Endpoint.of(row.id(), one, config.includeReferences()));
        }
        try {
            return Optional.of(EndpointSecrets.opened(row.secrets().orElseThrow(), seal).in(row.endpoint().get()));
        } catch (GeneralSecurityException e) {
            if (unreadable.add(row.name())) {
                LOG.log(Level.ERROR, "the endpoint {0} is told nothing by this node: its secrets were written with"
                        + " another http.secret", row.name());
            }
            return Optional.empty();
        }
    }

    /** Says that this node tells those that are active what happens. */
    void tend() {
        Collection<Long> ids = active();
        database.statement(tx -> {
            table.tend(tx, ids);
            return null;
        });
    }

    /** Whether anybody wants to be told anything, by whatever node. */
    boolean any() {
        return known.values().stream().anyMatch(Known::isOn);
    }

    /** Whether anybody wants to be told what manifests consist of to which this happens. */
    public boolean wantContent(EventAction action) {
        return known.values().stream().anyMatch(one -> one.isOn() && one.row().filter().actions().contains(action)
                && one.endpoint().map(Endpoint::includeReferences).orElse(config.includeReferences()));
    }

    /** Whether anybody wants to be told of this. */
    public boolean want(EventAction action) {
        return known.values().stream().anyMatch(one -> one.isOn() && one.row().filter().actions().contains(action));
    }

    /** Empty if it is not to be told anything now, or not by this node. */
    Optional<Endpoint> active(long id) {
        return Optional.ofNullable(known.get(id)).filter(this::isActive).flatMap(Known::endpoint);
    }

    /** When somebody last asked that it be tried at once. */
    Optional<Instant> urgedAt(long id) {
        return Optional.ofNullable(known.get(id)).flatMap(one -> one.row().urgedAt());
    }

    /** What it is called; looks again where that is not known yet. Empty if it is gone. */
    Optional<String> name(long id) {
        if (!known.containsKey(id)) {
            look();
        }
        return Optional.ofNullable(known.get(id)).map(one -> one.row().name());
    }

    /** Those that there are, whether they are told anything or not. */
    Set<Long> ids() {
        return known.keySet();
    }

    /** Those that this node is to tell now. */
    Collection<Long> active() {
        return known.values().stream().filter(this::isActive).map(one -> one.row().id()).toList();
    }

    private boolean isActive(Known one) {
        EndpointTable.Row row = one.row();
        return row.state() == EndpointState.ACTIVE && one.endpoint().isPresent()
                && (!row.made().configured() || has(row.name()));
    }

    /** All there are, by name, and how they are doing. */
    public List<EndpointStatus> list() {
        return statuses(Optional.empty());
    }

    /** @throws RegistryException.NotFound if there is none of this name */
    public EndpointStatus get(String name) {
        return statuses(Optional.of(name)).stream().findFirst().orElseThrow(Endpoints::unknown);
    }

    private List<EndpointStatus> statuses(Optional<String> name) {
        return database.statement(tx -> table.counted(tx, name)).stream().map(this::status).toList();
    }

    private EndpointStatus status(EndpointTable.Counted counted) {
        EndpointTable.Row row = counted.row();
        Optional<Endpoint> whole = endpoint(row);
        return new EndpointStatus(
                row.name(), row.state(), row.filter(), whole.map(Endpoint::withoutSecrets).or(row::endpoint),
                whole.map(EndpointStatus.Hidden::of), row.made(), row.attempts(), counted.pending(),
                counted.deadLetters(), counted.oldest());
    }

    /**
     * The endpoint of this name, with headers and keys.
     *
     * @throws RegistryException.NotFound if this node does not know one
     */
    public Endpoint find(String name) {
        refresh();
        return known.values().stream()
                .flatMap(one -> one.endpoint().stream())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(Endpoints::unknown);
    }

    /**
     * The endpoint of this name, which somebody is about to ping. That is recorded before it is done.
     *
     * @throws RegistryException.NotFound if this node does not know one
     */
    public Endpoint findToPing(Actor actor, String name) {
        Endpoint endpoint = find(name);
        audit.record(AuditEvent.of("webhook.ping", actor, name, endpoint.url().getHost()));
        return endpoint;
    }

    /**
     * Adds one, which is told what happens from now on.
     *
     * @throws RegistryException.Refused if there is one of this name
     */
    public void create(Actor actor, Endpoint endpoint) {
        String secrets = EndpointSecrets.of(endpoint).closed(seal);
        database.transaction(tx -> {
            if (table.insert(tx, endpoint, secrets, actor.subject()).isEmpty()) {
                throw conflict("there is an endpoint of this name already", endpoint.name());
            }
            audit.record(tx, AuditEvent.of("webhook.create", actor, endpoint.name(), endpoint.url().getHost()));
            return null;
        });
        refresh();
    }

    /**
     * Changes all but the name; what is pending is told as it is from now on, and does not wait because of what was before.
     *
     * @param change makes of what there is what is to be, and may be asked more than once; gets nothing if this node
     *     cannot read the secrets of what there is
     * @return what is since
     * @throws RegistryException.NotFound if there is none of this name
     * @throws RegistryException.Refused if the configuration has it
     */
    public Endpoint change(Actor actor, String name, Function<Optional<Endpoint>, Endpoint> change) {
        Endpoint changed = database.transaction(tx -> {
            EndpointTable.Row row = table.lock(tx, name).orElseThrow(Endpoints::unknown);
            if (row.made().configured()) {
                throw configured(name);
            }
            Endpoint endpoint = change.apply(endpoint(row));
            table.update(tx, endpoint, EndpointSecrets.of(endpoint).closed(seal));
            lanes.hurry(tx, row.id());
            audit.record(tx, AuditEvent.of("webhook.change", actor, name, endpoint.url().getHost()));
            return endpoint;
        });
        refresh();
        return changed;
    }

    /**
     * Tells it nothing until it is resumed; or resumes it, and all that waits is told at once, whatever it waits for.
     *
     * @throws RegistryException.NotFound if there is none of this name
     * @throws RegistryException.Refused if the configuration has switched it off
     */
    public void pause(Actor actor, String name, boolean paused) {
        database.transaction(tx -> {
            EndpointTable.Row row = table.lock(tx, name).orElseThrow(Endpoints::unknown);
            requireOn(row);
            table.setState(tx, name, paused ? EndpointState.PAUSED : EndpointState.ACTIVE);
            if (!paused) {
                lanes.hurry(tx, row.id());
            }
            audit.record(tx, AuditEvent.of(paused ? "webhook.pause" : "webhook.resume", actor, name, ""));
            return null;
        });
        refresh();
    }

    /**
     * Removes one, and all that it was still to be told.
     *
     * @throws RegistryException.NotFound if there is none of this name
     * @throws RegistryException.Refused if the configuration has it, and has not switched it off
     */
    public void delete(Actor actor, String name) {
        database.transaction(tx -> {
            EndpointTable.Row row = table.lock(tx, name).orElseThrow(Endpoints::unknown);
            if (row.made().configured() && row.state() != EndpointState.OFF) {
                throw configured(name);
            }
            table.delete(tx, name);
            audit.record(tx, AuditEvent.of("webhook.delete", actor, name, ""));
            return null;
        });
        refresh();
    }

    /** @throws RegistryException.Refused if it is switched off */
    static void requireOn(EndpointTable.Row row) {
        if (row.state() == EndpointState.OFF) {
            throw conflict("the configuration has switched this endpoint off", row.name());
        }
    }

    private static RegistryException configured(String name) {
        return conflict("the configuration has this endpoint: change it there", name);
    }

    private static RegistryException conflict(String message, String name) {
        return new RegistryException.Refused(RegistryException.Kind.CONFLICT, ErrorCode.DENIED, message, name);
    }

    static RegistryException unknown() {
        return new RegistryException.NotFound(ErrorCode.NAME_UNKNOWN, "no such endpoint", "");
    }
}
