package io.longshore.registry.notification;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Somebody got a manifest or a blob.
 *
 * @param action {@link EventAction#MANIFEST_PULL} or {@link EventAction#BLOB_PULL}
 * @param tag by which a manifest was asked for
 * @param size in bytes, of the whole, if it is known
 * @param manifest the bytes of which it is to be told what they consist of; not changed; empty if nobody wants to know
 */
public record Pull(
        Instant at,
        Actor actor,
        EventAction action,
        RepositoryName repository,
        Optional<Tag> tag,
        Digest digest,
        String mediaType,
        OptionalLong size,
        Optional<byte[]> manifest) {

    /** How much memory it keeps beside itself, in bytes. */
    int keptBytes() {
        return manifest.map(bytes -> bytes.length).orElse(0);
    }
}
