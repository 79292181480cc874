package io.longshore.registry.notification;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Via;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Something that happened. Immutable, and the same however often it is told.
 *
 * @param id names it for good; whoever receives it twice knows it by this
 * @param repository empty for {@link EventAction#PING} alone
 * @param tag that it happened to, or by which a manifest was pushed or pulled
 * @param digest of the manifest or blob; for a tag, what it names since, or named last
 * @param size in bytes, of the manifest or blob
 * @param from from where a blob was mounted, if it was said
 * @param references what a manifest that was pushed or pulled consists of, if that is wanted: config, layers, manifests
 * @param actor who did it, such as {@code user:alice} or {@code anonymous}
 */
public record Event(
        UUID id,
        Instant at,
        EventAction action,
        Optional<RepositoryName> repository,
        Optional<Tag> tag,
        Optional<Digest> digest,
        Optional<String> mediaType,
        OptionalLong size,
        Optional<RepositoryName> from,
        List<Descriptor> references,
        String actor,
        Request request,
        Source source) {
    public Event {
        references = List.copyOf(references);
    }

    /**
     * The request that did it; all are empty if none did.
     *
     * @param id that the registry gave it
     * @param address from where it came, an IP address
     * @param host that it was sent to, as the client wrote it
     * @param userAgent what the client calls itself
     * @param baseUrl where the client reached the registry, such as {@code https://registry.example.com}, without a slash
     *     at the end
     */
    public record Request(
            String id, String address, String host, String method, String userAgent, String baseUrl) {
        public static final Request NONE = new Request("", "", "", "", "", "");

        static Request of(Actor actor) {
            Via via = actor.via();
            return new Request(
                    via.requestId(), actor.address(), via.host(), via.method(), via.userAgent(), via.baseUrl());
        }
    }

    /**
     * The node on which it happened.
     *
     * @param address host name and port, such as {@code node1:5000}
     * @param instance another one after each start
     */
    public record Source(String address, UUID instance) {}
}
