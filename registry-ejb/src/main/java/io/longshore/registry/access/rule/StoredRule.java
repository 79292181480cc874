package io.longshore.registry.access.rule;

import io.longshore.registry.permission.Rule;
import java.time.Instant;

/**
 * A rule that is kept in the database.
 *
 * @param createdBy the subject that made it, such as {@code user:alice}
 */
public record StoredRule(long id, Rule rule, String createdBy, Instant createdAt) {}
