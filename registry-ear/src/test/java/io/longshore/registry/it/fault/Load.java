package io.longshore.registry.it.fault;

import io.longshore.registry.it.protocol.Repository;
import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Clients that push and pull large blobs at once. None of them holds more than a buffer of a blob. */
final class Load {
    private final LargeBlobClient client;
    private final long seed;
    private final long blobBytes;

    /** @param seed of the blobs: the first is pulled, and each client that pushes has one of its own */
    Load(URI registry, Repository repository, long seed, long blobBytes) {
        this.client = new LargeBlobClient(registry, repository);
        this.seed = seed;
        this.blobBytes = blobBytes;
    }

    /** Pushes and pulls, all at once, and checks every digest; then those of what was pushed. */
    void run(int pushers, int pullers) throws InterruptedException, ExecutionException, IOException {
        Digest shared = client.pushInPatch(new LargeBlob(seed, blobBytes));
        ExecutorService clients = Executors.newFixedThreadPool(pushers + pullers);
        try {
            List<Callable<Digest>> work = new ArrayList<>();
            for (int i = 0; i < pushers; i++) {
                LargeBlob blob = new LargeBlob(seed + 1 + i, blobBytes);
                work.add(() -> client.pushInPatch(blob));
            }
            for (int i = 0; i < pullers; i++) {
                work.add(() -> client.pull(shared));
            }
            List<Callable<Digest>> pulls = new ArrayList<>();
            for (Future<Digest> done : clients.invokeAll(work)) {
                Digest digest = done.get();
                pulls.add(() -> client.pull(digest));
            }
            for (Future<Digest> done : clients.invokeAll(pulls.subList(0, pushers))) {
                done.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }
}
