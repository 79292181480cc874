package io.longshore.registry.it.notification;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Looks whether a tag is there by the time that somebody is told of it. Thread-safe. */
final class Resolution {
    private final Nodes nodes;
    private final Queue<String> unresolved = new ConcurrentLinkedQueue<>();

    Resolution(Nodes nodes) {
        this.nodes = nodes;
    }

    /** Asks all nodes, but those that were killed. */
    void check(JsonNode event) {
        nodes.each(node -> check(node, event));
    }

    private void check(Http node, JsonNode event) {
        try {
            Repository repository = new Repository(node, Told.repository(event));
            Reply reply = node.head(repository.manifest(Told.tag(event))).send();
            if (!isThere(reply, event)) {
                unresolved.add(event + " when it was told: " + reply.status());
            }
        } catch (UncheckedIOException killed) {
            // It is told again, or another one can be asked.
        }
    }

    private static boolean isThere(Reply reply, JsonNode event) {
        return reply.status() == 503
                || reply.status() == 200
                        && reply.header("Docker-Content-Digest").equals(event.path("target").path("digest").asText());
    }

    /** What was not there. */
    List<String> unresolved() {
        return new ArrayList<>(unresolved);
    }
}
