package io.longshore.registry.replication;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Via;
import io.longshore.registry.database.Database;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What rules are carried out with on this node. Thread-safe. */
final class Ends {
    private final Database database;
    private final Rules rules;
    private final LocalServices services;
    private final Via.Node node;
    private final Remotes remotes;
    private final Map<Long, Throttle> throttles = new ConcurrentHashMap<>();

    Ends(Database database, Rules rules, LocalServices services, Via.Node node, Remotes remotes) {
        this.database = database;
        this.rules = rules;
        this.services = services;
        this.node = node;
        this.remotes = remotes;
    }

    /** Empty if this node cannot read the password. */
    Optional<Replica> of(StoredRule stored) {
        return rules.whole(stored).map(rule -> {
            RegistryEnd here = new LocalRegistry(services, actor(rule));
            RegistryEnd there = remotes.of(stored.id(), rule.remote());
            boolean pull = rule.direction() == Direction.PULL;
            return new Replica(
                    stored.id(), rule, pull ? there : here, pull ? here : there, database, throttle(stored.id()));
        });
    }

    /** Says which rule it is that pushes and deletes. */
    private Actor actor(ReplicationRule rule) {
        return new Actor("replication:" + rule.name(), "", new Via("", "", "", "", "", node));
    }

    private Throttle throttle(long ruleId) {
        return throttles.computeIfAbsent(ruleId, id -> new Throttle());
    }

    /** Has the bytes of a rule move as fast as they may, if so many nodes move some. */
    void share(StoredRule stored, int nodes) {
        OptionalLong whole = stored.rule().limits().bytesPerSecond();
        throttle(stored.id())
                .set(whole.isPresent() ? OptionalLong.of(Math.max(1, whole.getAsLong() / nodes)) : whole);
    }

    /** Forgets all but these rules. */
    void keep(Set<Long> ruleIds) {
        remotes.keep(ruleIds);
        throttles.keySet().retainAll(ruleIds);
    }
}
