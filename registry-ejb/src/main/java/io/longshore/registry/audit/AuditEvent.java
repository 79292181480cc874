package io.longshore.registry.audit;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import java.util.Optional;

/**
 * Something that was done, or refused.
 *
 * @param act what was done, such as {@code manifest.push}; the words are listed in the data model
 * @param reference a tag, or what an administrative act was about; may be empty
 * @param detail anything else worth knowing, never a secret; may be empty
 */
public record AuditEvent(
        String act,
        Actor actor,
        Optional<RepositoryName> repository,
        String reference,
        Optional<Digest> digest,
        String detail) {

    /** An act that is about no repository. */
    public static AuditEvent of(String act, Actor actor, String reference, String detail) {
        return new AuditEvent(act, actor, Optional.empty(), reference, Optional.empty(), detail);
    }
}
