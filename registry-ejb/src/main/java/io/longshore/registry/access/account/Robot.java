package io.longshore.registry.access.account;

import java.time.Instant;
import java.util.Optional;

/**
 * The account of a program.
 *
 * @param createdBy such as {@code user:alice}
 * @param lastUsedAt coarse: up to some minutes late, and lost if a node dies meanwhile
 */
public record Robot(
        AccountName name, RobotProfile profile, String createdBy, Instant createdAt, Optional<Instant> lastUsedAt) {}
