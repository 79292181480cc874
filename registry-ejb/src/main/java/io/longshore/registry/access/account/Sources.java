package io.longshore.registry.access.account;

import io.longshore.registry.access.Authenticator;
import io.longshore.registry.access.Identity;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The authenticators that know users, each by its name, under which tokens keep who knows their owners. They are asked
 * themselves: nothing is remembered here. Thread-safe.
 */
public final class Sources {
    private final List<Authenticator> all;
    private final Map<String, Authenticator> byName;

    /** @param all in the order in which they are asked who somebody is */
    public Sources(List<Authenticator> all) {
        this.all = List.copyOf(all);
        this.byName = all.stream().collect(Collectors.toMap(Authenticator::name, Function.identity()));
    }

    public List<Authenticator> all() {
        return all;
    }

    /** As {@link Authenticator#refresh} of who knows this user; empty if nobody does any more. */
    Optional<Identity> refresh(Identity user) throws IOException {
        Authenticator source = byName.get(user.source());
        return source == null ? Optional.empty() : source.refresh(user);
    }

    /** As {@link Authenticator#lookUp} of who knows this user; empty if nobody does any more. */
    Optional<Identity> lookUp(Identity user) throws IOException {
        Authenticator source = byName.get(user.source());
        return source == null ? Optional.empty() : source.lookUp(user);
    }
}
