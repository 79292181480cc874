package io.longshore.registry.notification.http;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Platform;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.notification.Event;
import io.longshore.registry.model.EventAction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Events for tests. */
final class Events {
    static final UUID ID = UUID.fromString("0190a5b2-7c3e-7d4f-8a01-23456789abcd");
    static final UUID INSTANCE = UUID.fromString("11111111-2222-4333-8444-555555555555");
    static final String DIGEST = "sha256:" + "ab".repeat(32);
    static final String LAYER = "sha256:" + "cd".repeat(32);
    static final Event.Request REQUEST = new Event.Request(
            "r-1", "192.0.2.7", "registry.example.com", "PUT", "docker/27.1", "https://registry.example.com");

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private Events() {}

    static Event ping() {
        return ping(ID);
    }

    static Event ping(UUID id) {
        return new Event(
                id, Instant.parse("2025-03-04T05:06:07Z"), EventAction.PING, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), OptionalLong.empty(), Optional.empty(), List.of(), "user:alice",
                Event.Request.NONE, new Event.Source("node1:5000", INSTANCE));
    }

    /** All that the registry knows of such an event, even where a receiver is not told. */
    static Event of(EventAction action) {
        String word = action.word();
        boolean manifest = word.startsWith("manifest.");
        boolean blob = word.startsWith("blob.");
        return new Event(
                ID, Instant.parse("2025-03-04T05:06:07.123456789Z"), action,
                Optional.of(RepositoryName.parse("team/app")),
                blob || action == EventAction.REPOSITORY_DELETE ? Optional.empty() : Optional.of(Tag.parse("v1")),
                action == EventAction.REPOSITORY_DELETE ? Optional.empty() : Optional.of(Digest.parse(DIGEST)),
                blob ? Optional.of("application/octet-stream") : manifest ? Optional.of(MANIFEST) : Optional.empty(),
                blob || manifest ? OptionalLong.of(1234) : OptionalLong.empty(),
                action == EventAction.BLOB_MOUNT ? Optional.of(RepositoryName.parse("team/base")) : Optional.empty(),
                manifest ? references() : List.of(), "user:alice", REQUEST, new Event.Source("node1:5000", INSTANCE));
    }

    static Event by(String actor) {
        Event push = of(EventAction.MANIFEST_PUSH);
        return new Event(
                push.id(), push.at(), push.action(), push.repository(), push.tag(), push.digest(), push.mediaType(),
                push.size(), push.from(), push.references(), actor, push.request(), push.source());
    }

    private static List<Descriptor> references() {
        return List.of(
                Descriptor.of("application/vnd.oci.image.layer.v1.tar+gzip", Digest.parse(LAYER), 99),
                new Descriptor(MANIFEST, Digest.parse(DIGEST), 7, List.of("https://cdn.example.com/a"),
                        Map.of("a", "b"), Optional.of(new Platform("linux", "arm64", "6.1", List.of("x"), "v8")),
                        Optional.empty()));
    }
}
