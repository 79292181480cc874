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
import java.util.function.Function;
import java.util.function.Supplier;

/** Clients that push one tag after the other, each to a repository of its own, as fast as they can. Not thread-safe. */
final class PushLoad implements AutoCloseable {
    private static final int CLIENTS = 4;

    private final List<Client> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

    private PushLoad(Http http, Function<Repository, Supplier<TestManifest>> images) {
        for (int i = 0; i < CLIENTS; i++) {
            Repository repository = Repository.fresh(http, "load");
            clients.add(new Client(repository, images.apply(repository)));
        }
    }

    /** Each tag of a repository is of the same image, so that a push is that of a manifest alone. */
    static PushLoad ofTags(Http http) {
        return new PushLoad(http, repository -> {
            byte[] layer = pushed(repository, 50);
            TestManifest image = TestManifest.image(layer);
            return () -> image;
        });
    }

    /** Each tag is of a new image, with two layers of the size in bytes. */
    static PushLoad ofImages(Http http, int size) {
        return new PushLoad(http, repository -> () -> TestManifest.image(
                pushed(repository, 500), pushed(repository, size), pushed(repository, size)));
    }

    private static byte[] pushed(Repository repository, int size) {
        byte[] blob = TestContent.bytes(size);
        repository.push(blob);
        return blob;
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
        private final Supplier<TestManifest> images;
        private int pushed;

        private Client(Repository repository, Supplier<TestManifest> images) {
            this.repository = repository;
            this.images = images;
        }

        private int pushUntil(long endNanos) {
            int before = pushed;
            while (System.nanoTime() - endNanos < 0) {
                repository.push("v" + pushed++, images.get());
            }
            return pushed - before;
        }
    }
}
