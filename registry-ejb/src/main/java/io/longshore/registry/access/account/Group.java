package io.longshore.registry.access.account;

import java.time.Instant;
import java.util.Optional;

/**
 * A group that the registry keeps.
 *
 * @param members how many
 */
public record Group(AccountName name, Optional<String> description, Instant createdAt, int members) {}
