package io.longshore.registry.it.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.fault.Seed;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Pushes tags to several repositories, to each one after the other, while a receiver fails three requests in ten, and the
 * server is killed again and again. Then looks at what the receiver was told.
 */
final class KilledWebhooks implements AutoCloseable {
    private static final int REPOSITORIES = 8;
    private static final double FAILURES = 0.3;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final int pushesEach;
    private final int kills;
    private final Random random;
    private final Queue<String> unresolved = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pushed = new AtomicInteger();
    private final ExecutorService pushers = Executors.newFixedThreadPool(REPOSITORIES);
    private final Receiver receiver;
    private final RegistryServer server;
    private final Http http;

    KilledWebhooks(int pushes, int kills, Seed seed) {
        this.pushesEach = pushes / REPOSITORIES;
        this.kills = kills;
        this.random = seed.random(0);
        Random failures = seed.random(1);
        receiver = new Receiver(event -> 200);
        server = RegistryServer.start(Map.of("REGISTRY_NOTIFICATIONS_ENDPOINTS", """
                [{name: receiver, url: "%s", timeout: 5s, threshold: 20, backoff: 10ms, maxbackoff: 200ms,
                  actions: [manifest.push]}]""".formatted(receiver.url())));
        http = new Http(server.uri());
        receiver.answers(event -> {
            checkThatItResolves(event);
            synchronized (failures) {
                return failures.nextDouble() < FAILURES ? 500 : 200;
            }
        });
    }

    /** Whatever is told is to be had, unless nobody can be asked because the server has been killed. */
    private void checkThatItResolves(JsonNode event) {
        JsonNode target = event.path("target");
        Repository repository = new Repository(http, target.path("repository").asText());
        try {
            Reply reply = http.head(repository.manifest(target.path("tag").asText())).send();
            boolean resolves = reply.status() == 503
                    || reply.status() == 200
                            && reply.header("Docker-Content-Digest").equals(target.path("digest").asText());
            if (!resolves) {
                unresolved.add(event + " when it was told: " + reply.status());
            }
        } catch (UncheckedIOException killed) {
            // It is told again.
        }
    }

    void run() throws Exception {
        List<Repository> repositories = new ArrayList<>();
        List<Future<?>> pushes = new ArrayList<>();
        for (int i = 0; i < REPOSITORIES; i++) {
            Repository repository = Repository.fresh(http, "told");
            repositories.add(repository);
            pushes.add(pushers.submit(() -> push(repository)));
        }
        for (int kill = 1; kill <= kills; kill++) {
            int enough = REPOSITORIES * pushesEach * kill / (kills + 1) + random.nextInt(10);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> pushed.get() >= enough);
            server.kill();
            server.restart();
        }
        for (Future<?> push : pushes) {
            push.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        await().atMost(PATIENCE).until(() -> tags().values().stream().mapToInt(List::size).sum()
                >= REPOSITORIES * pushesEach);
        check(repositories);
    }

    /** One after the other, each until it is acknowledged. */
    private void push(Repository repository) {
        byte[] layer = TestContent.bytes(50);
        TestManifest image = TestManifest.image(layer);
        untilItIs(201, () -> http.post(repository.uploads() + "?digest=" + TestContent.sha256(layer)).body(layer).send());
        for (int i = 0; i < pushesEach; i++) {
            String tag = "v" + i;
            untilItIs(201, () -> repository.put(tag, image).send());
            pushed.incrementAndGet();
        }
    }

    private interface Attempt {
        Reply send();
    }

    private static void untilItIs(int status, Attempt attempt) {
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50)).until(() -> {
            try {
                return attempt.send().status() == status;
            } catch (UncheckedIOException killed) {
                return false;
            }
        });
    }

    /** Which tags were told of each repository, each as it was told first. */
    private Map<String, List<String>> tags() {
        Map<String, List<String>> tags = new HashMap<>();
        Map<String, Set<String>> seen = new HashMap<>();
        for (JsonNode event : receiver.events()) {
            String repository = event.path("target").path("repository").asText();
            String tag = event.path("target").path("tag").asText();
            if (seen.computeIfAbsent(repository, name -> new HashSet<>()).add(tag)) {
                tags.computeIfAbsent(repository, name -> new ArrayList<>()).add(tag);
            }
        }
        return tags;
    }

    private void check(List<Repository> repositories) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < pushesEach; i++) {
            all.add("v" + i);
        }
        Map<String, List<String>> told = tags();
        for (Repository repository : repositories) {
            assertThat(told.get(repository.name())).as("tags of %s, in order", repository).isEqualTo(all);
        }
        assertThat(unresolved).isEmpty();
        Map<String, JsonNode> byId = new HashMap<>();
        for (JsonNode event : receiver.events()) {
            JsonNode other = byId.putIfAbsent(event.path("id").asText(), event);
            assertThat(other == null || other.equals(event)).as("the same event by the same id").isTrue();
        }
        System.out.printf("%d pushes, %d kills: %d events, %d of them told more than once%n",
                pushed.get(), kills, byId.size(), receiver.events().size() - byId.size());
    }

    @Override
    public void close() {
        pushers.shutdownNow();
        server.close();
        receiver.close();
    }
}
