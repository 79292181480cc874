package io.longshore.registry.it.notification;

import io.longshore.registry.it.fault.Seed;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;

/**
 * Pushes the tags v0, v1 and so on to several repositories at once, to each one after the other, by one or another of
 * the nodes, each until it is acknowledged. To be used by one thread.
 */
final class TagPushes implements AutoCloseable {
    static final int REPOSITORIES = 8;
    private static final int STREAM = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Nodes nodes;
    private final List<Pusher> pushers = new ArrayList<>();
    private final List<Future<?>> running = new ArrayList<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(REPOSITORIES);
    private int started;

    TagPushes(Nodes nodes, Seed seed) {
        this.nodes = nodes;
        for (int i = 0; i < REPOSITORIES; i++) {
            pushers.add(new Pusher(TestContent.newName("told"), seed.random(STREAM + i)));
        }
    }

    /** Begins to push as many tags as this more, about. */
    void start(int count) {
        int first = started;
        int last = started + count / REPOSITORIES;
        pushers.forEach(pusher -> running.add(threads.submit(() -> pusher.push(first, last))));
        started = last;
    }

    /** How many pushes were acknowledged so far. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** How many pushes there are to be. */
    int count() {
        return started * REPOSITORIES;
    }

    /** Returns when as many were acknowledged, out of all that were started. */
    void await(int enough) {
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5))
                .until(() -> acknowledged() >= enough || running.stream().allMatch(Future::isDone));
    }

    /** Returns when all were acknowledged. */
    void finish() throws Exception {
        for (Future<?> push : running) {
            push.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
        running.clear();
    }

    List<String> repositories() {
        return pushers.stream().map(Pusher::name).toList();
    }

    /** The tags of each repository, in order. */
    List<String> tags() {
        List<String> tags = new ArrayList<>();
        for (int i = 0; i < started; i++) {
            tags.add("v" + i);
        }
        return tags;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private final class Pusher {
        private final String name;
        private final Random random;
        private final byte[] layer = TestContent.bytes(50);
        private final TestManifest image = TestManifest.image(layer);

        private Pusher(String name, Random random) {
            this.name = name;
            this.random = random;
        }

        private String name() {
            return name;
        }

        private void push(int first, int last) {
            if (first == 0) {
                String query = "?digest=" + TestContent.sha256(layer);
                untilItIsCreated(node -> node.post(new Repository(node, name).uploads() + query).body(layer).send());
            }
            for (int i = first; i < last; i++) {
                String tag = "v" + i;
                untilItIsCreated(node -> new Repository(node, name).put(tag, image).send());
                acknowledged.incrementAndGet();
            }
        }

        private void untilItIsCreated(Function<Http, Reply> attempt) {
            Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(PAUSE).until(() -> {
                try {
                    return nodes.any(random, attempt).status() == 201;
                } catch (UncheckedIOException killed) {
                    return false;
                }
            });
        }
    }
}
