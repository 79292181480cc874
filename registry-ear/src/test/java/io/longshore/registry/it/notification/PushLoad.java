package io.longshore.registry.it.notification;

import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.it.protocol.TestManifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that push one tag after the other, each to a repository of its own, as fast as they can. */
final class PushLoad implements AutoCloseable {
    private static final int CLIENTS = 4;

    private final List<Client> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

    PushLoad(Http http) {
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(Repository.fresh(http, "load")));
        }
    }

    /** Returns how many pushes there were in a second. */
    double run(Duration time) throws InterruptedException, ExecutionException {
        long end = System.nanoTime() + time.toNanos();
        List<Callable<Integer>> work = new ArrayList<>();
        clients.forEach(client -> work.add(() -> client.pushUntil(end)));
        int sum = 0;
        for (Future<Integer> count : threads.invokeAll(work)) {
            sum += count.get();
        }
        return sum / (time.toMillis() / 1000.0);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static final class Client {
        private final Repository repository;
        private final TestManifest image;
        private int pushed;

        private Client(Repository repository) {
            byte[] layer = TestContent.bytes(50);
            repository.push(layer);
            this.repository = repository;
            this.image = TestManifest.image(layer);
        }

        private int pushUntil(long endNanos) {
            int before = pushed;
            while (System.nanoTime() - endNanos < 0) {
                repository.push("v" + pushed++, image);
            }
            return pushed - before;
        }
    }
}
