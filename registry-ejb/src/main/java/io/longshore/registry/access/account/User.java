package io.longshore.registry.access.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A user that the registry keeps.
 *
 * @param groups names, in their order
 * @param lastLoginAt coarse: up to some minutes late, and lost if a node dies meanwhile
 */
public record User(
        AccountName name,
        UserProfile profile,
        List<String> groups,
        Instant createdAt,
        Instant passwordSetAt,
        Optional<Instant> lastLoginAt) {

    public User {
        groups = List.copyOf(groups);
    }
}
