package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.copy.Copy;
import io.longshore.registry.client.copy.LayoutContent;
import io.longshore.registry.client.copy.RegistryContent;
import io.longshore.registry.client.layout.OciLayout;
import io.longshore.registry.model.RepositoryName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast the library of this project copies large images from an OCI layout to a registry and back, beside {@code
 * skopeo copy}: by turns, each an image of its own, so that nothing is there before. Run by hand with the Maven profile
 * {@code soak}, on a machine that does nothing else.
 */
class LibrarySpeedSoak {
    private static final int ROUNDS = Integer.getInteger("soak.rounds", 5);
    private static final int LAYERS = 6;
    private static final int LAYER_BYTES = Integer.getInteger("soak.mib", 64) << 20;

    private final TargetRegistry registry = TargetRegistry.get();

    @TempDir
    private Path folder;

    /** Something that takes time. */
    private interface Work {
        void run() throws IOException;
    }

    @Test
    void theLibraryIsAsFastAsSkopeo() throws IOException {
        InstalledClient skopeo = ContainersHome.create(folder, registry.authority()).skopeo();
        List<Double> pushes = new ArrayList<>();
        List<Double> pulls = new ArrayList<>();
        for (int i = 0; i <= ROUNDS; i++) {
            String theirs = write(2 * i);
            String ours = write(2 * i + 1);
            String repository = registry.newRepository("speed");
            double theirPush = seconds(() -> skopeo.run(
                    "copy", "oci:" + theirs + ":v1", "docker://" + registry.image(repository, "theirs")));
            double ourPush = seconds(() -> push(ours, repository));
            double theirPull = seconds(() -> skopeo.run(
                    "copy", "docker://" + registry.image(repository, "theirs"), "oci:back-" + theirs + ":v1"));
            double ourPull = seconds(() -> pull(repository, "back-" + ours));
            System.out.printf("push %.2f s, skopeo %.2f s; pull %.2f s, skopeo %.2f s%n",
                    ourPush, theirPush, ourPull, theirPull);
            if (i > 0) { // The first is to warm up.
                pushes.add(theirPush / ourPush);
                pulls.add(theirPull / ourPull);
            }
        }
        report("push", pushes);
        report("pull", pulls);
    }

    private static double seconds(Work work) throws IOException {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void report(String what, List<Double> ratios) {
        ratios.sort(null);
        System.out.printf("%s: %.2f of skopeo's speed, the median of %d; %.2f to %.2f%n",
                what, ratios.get(ROUNDS / 2), ROUNDS, ratios.get(0), ratios.get(ROUNDS - 1));
    }

    /** An image of layers that are gzip, since skopeo would compress all else, and are not smaller for it. */
    private String write(int seed) throws IOException {
        Random random = new Random(seed);
        TestLayer[] layers = new TestLayer[LAYERS];
        for (int i = 0; i < LAYERS; i++) {
            byte[] content = new byte[LAYER_BYTES];
            random.nextBytes(content);
            layers[i] = new TestLayer(content, Blob.of("application/vnd.oci.image.layer.v1.tar+gzip", gzip(content)));
        }
        String name = "image-" + seed;
        ImageLayout.write(folder.resolve(name), "v1", TestImage.of("amd64", layers));
        return name;
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length + (content.length >> 8));
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.NO_COMPRESSION);
            }
        }) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private void push(String layout, String repository) throws IOException {
        LayoutContent from = new LayoutContent(OciLayout.open(folder.resolve(layout)));
        Copy.between(from, remote(repository)).build().run("v1", List.of("ours"));
    }

    private void pull(String repository, String layout) throws IOException {
        OciLayout to = OciLayout.openOrCreate(folder.resolve(layout));
        Copy.between(remote(repository), new LayoutContent(to)).build().run("ours", List.of("v1"));
        assertThat(to.find("v1")).isPresent();
    }

    private RegistryContent remote(String repository) {
        return new RegistryContent(RegistryClient.builder(registry.authority())
                .plain(registry.authority())
                .build()
                .repository(RepositoryName.parse(repository)));
    }
}
