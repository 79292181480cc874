package io.longshore.registry.it.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.Repository;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.TestContent;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RepositoryName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients that pull the same image at once from a cold mirror, beside one that pulls it from the upstream; run by
 * hand with the Maven profile {@code soak}. The system properties {@code soak.clients}, {@code soak.mebibytes} (of all
 * four layers) and {@code soak.rate} (MiB per second of the line to the upstream) make it smaller or larger.
 */
class ColdPullSoak {
    private static final int CLIENTS = Integer.getInteger("soak.clients", 50);
    private static final int LAYERS = 4;
    private static final int LAYER_BYTES = Integer.getInteger("soak.mebibytes", 64) / LAYERS << 20;
    private static final long RATE = Long.getLong("soak.rate", 12) << 20;

    @TempDir
    private Path folder;

    @Test
    void takesLittleLongerThanOneClientAtTheUpstream() throws Exception {
        try (DockerRegistry upstream = DockerRegistry.start(folder.resolve("upstream"));
                PacedLine line = new PacedLine(upstream.port(), RATE);
                RegistryServer mirror = RegistryServer.start(Map.of("REGISTRY_PROXY_UPSTREAMS", """
                        [{name: hub, remoteurl: "http://127.0.0.1:%d"}]""".formatted(line.port())))) {
            byte[][] layers = layers(0);
            Upstream.of(upstream, "direct").image(layers);
            Upstream.of(upstream, "cold").image(layers);
            Upstream.of(upstream, "warm-up").image(layers(LAYERS));
            pull(repository(mirror.authority(), "hub/warm-up"));
            double direct = seconds(() -> pull(repository("127.0.0.1:" + line.port(), "direct")));

            double cold = seconds(() -> pullByAll(mirror));
            double warm = seconds(() -> pull(repository(mirror.authority(), "hub/cold")));

            System.out.printf("%d MiB at %d MiB/s: one client at the upstream %.2f s; %d clients at a cold mirror %.2f s,"
                    + " %.2f times as long; one at the warm mirror %.2f s%n",
                    LAYERS * LAYER_BYTES >> 20, RATE >> 20, direct, CLIENTS, cold, cold / direct, warm);
            for (byte[] layer : layers) {
                Digest digest = TestContent.sha256(layer);
                assertThat(upstream.requests("GET", "/v2/cold/blobs/" + digest)).isEqualTo(1);
            }
        }
    }

    private static byte[][] layers(int firstSeed) {
        byte[][] layers = new byte[LAYERS][];
        for (int i = 0; i < LAYERS; i++) {
            layers[i] = Upstream.bytes(firstSeed + i, LAYER_BYTES);
        }
        return layers;
    }

    private static Repository repository(String authority, String name) {
        return RegistryClient.builder(authority).build().repository(RepositoryName.parse(name));
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void pullByAll(RegistryServer mirror) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> pulls = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Repository repository = repository(mirror.authority(), "hub/cold");
            pulls.add(threads.submit(() -> {
                pull(repository);
                return null;
            }));
        }
        for (Future<?> pulled : pulls) {
            pulled.get();
        }
        threads.shutdown();
    }

    /** As clients do: all layers at once. The library compares digests. */
    private static void pull(Repository repository) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(LAYERS);
        List<Future<?>> layers = new ArrayList<>();
        repository.manifests().get(Upstream.V1).parse().layers().forEach(layer -> layers.add(threads.submit(() -> {
            try (InputStream content = repository.blobs().pull(layer)) {
                content.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        })));
        for (Future<?> layer : layers) {
            layer.get();
        }
        threads.shutdown();
    }
}
