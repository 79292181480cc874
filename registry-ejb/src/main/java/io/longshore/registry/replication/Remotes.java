package io.longshore.registry.replication;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Clients of other registries, which keep their connections and tokens. Thread-safe. */
final class Remotes {
    private final Map<Long, Known> known = new ConcurrentHashMap<>();

    private final Function<Remote, RegistryEnd> opener;

    private record Known(Remote remote, RegistryEnd end) {}

    /** @param opener makes a client, which connects to nobody yet */
    Remotes(Function<Remote, RegistryEnd> opener) {
        this.opener = opener;
    }

    /** The one that a rule names, as it is spoken to now. */
    RegistryEnd of(long ruleId, Remote remote) {
        return known.compute(ruleId, (id, before) -> before != null && before.remote().equals(remote)
                        ? before
                        : new Known(remote, opener.apply(remote)))
                .end();
    }

    /** Forgets all but those of these rules. */
    void keep(Set<Long> ruleIds) {
        known.keySet().retainAll(ruleIds);
    }
}
