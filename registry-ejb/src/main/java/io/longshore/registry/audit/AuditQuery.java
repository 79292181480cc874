package io.longshore.registry.audit;

import io.longshore.registry.model.RepositoryName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which part of the audit is asked for: what fits all of these.
 *
 * @param from inclusive
 * @param until exclusive
 * @param actor exactly this subject
 * @param act how the act begins, such as {@code tag.} or {@code login.failure}; all if empty
 * @param repository exactly this one
 * @param address exactly this one, as it was recorded
 * @param before {@link RecordedEvent#id} of the last event of the page before; empty for the first page
 */
public record AuditQuery(
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<String> actor,
        String act,
        Optional<RepositoryName> repository,
        Optional<String> address,
        OptionalLong before) {}
