package io.longshore.registry.client.copy;

import static io.longshore.registry.client.copy.Shelf.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.Platform;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CopyTest {
    @TempDir
    private Path folder;

    private final Observed observed = new Observed();
    private Shelf from;
    private Shelf to;

    @BeforeEach
    void makeTwoLayouts() throws IOException {
        from = new Shelf(folder.resolve("from"));
        to = new Shelf(folder.resolve("to"));
    }

    private Copy.Builder copy() {
        return Copy.between(observed.source(from.content()), observed.target(to.content()));
    }

    @Test
    void copiesAnImageWithAllItRefersToAndNamesItLast() throws Exception {
        Descriptor one = from.blob(100_000);
        Descriptor other = from.blob(10);
        Descriptor image = from.image(one, other);
        from.layout.add(image, "v1");

        CopyResult result = copy().build().run("v1", List.of("v1", "latest"));

        assertThat(result.root()).isEqualTo(image);
        assertThat(result.copied()).isEqualTo(4);
        assertThat(result.copiedBytes()).isEqualTo(100_000 + 10 + 50 + image.sizeBytes());
        assertThat(to.content().manifest("v1").bytes()).isEqualTo(from.content().manifest("v1").bytes());
        assertThat(to.layout.find("latest")).isPresent();
        assertThat(to.has(one) && to.has(other)).isTrue();
        assertThat(observed.put).hasSize(4).endsWith(image.digest());
    }

    @Test
    void copiesAllPlatformsAndWhatTheyShareOnce() throws Exception {
        Descriptor shared = from.blob(1000);
        Descriptor amd = from.image(shared, from.blob(20));
        Descriptor arm = from.image(shared, from.blob(30));
        Descriptor cache = from.blob(40);
        from.layout.add(from.index(entry(amd), entry(arm), entry(cache), entry(amd)), "v1");

        CopyResult result = copy().build().run("v1", List.of("v1"));

        assertThat(observed.read).doesNotHaveDuplicates().hasSize(2 + 1 + 2 + 2 + 1);
        assertThat(observed.put).doesNotHaveDuplicates().endsWith(result.root().digest());
        assertThat(to.has(cache)).isTrue();
        assertThat(to.layout.manifests()).as("children are found by the index").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void copiesIndexesWithinIndexesWithAnyNumberOfThreads(int parallel) throws Exception {
        Descriptor leaf = from.image(from.blob(10));
        Descriptor inner = from.index(entry(leaf), entry(from.image(from.blob(11))));
        Descriptor middle = from.index(entry(inner), entry(leaf));
        from.layout.add(from.index(entry(inner), entry(middle), entry(leaf)), "deep");

        copy().parallel(parallel).build().run("deep", List.of("deep"));

        assertThat(to.has(leaf) && to.has(inner) && to.has(middle)).isTrue();
        assertThat(observed.put.indexOf(inner.digest())).isGreaterThan(observed.put.indexOf(leaf.digest()));
        assertThat(observed.put.indexOf(middle.digest())).isGreaterThan(observed.put.indexOf(inner.digest()));
    }

    @Test
    void refusesTreesThatAreTooDeep() throws Exception {
        Descriptor tree = from.image();
        for (int i = 0; i < 20; i++) {
            tree = from.index(entry(tree));
        }
        from.layout.add(tree, "deep");

        assertThatIOException().isThrownBy(() -> copy().build().run("deep", List.of("x")))
                .withMessageContaining("indexes within indexes");
        assertThat(to.layout.manifests()).isEmpty();
    }

    @Test
    void sendsNothingThatIsThere() throws Exception {
        Descriptor image = from.image(from.blob(100));
        from.layout.add(from.index(entry(image)), "v1");
        copy().build().run("v1", List.of("v1"));
        observed.read.clear();

        CopyResult again = copy().build().run("v1", List.of("v2"));

        assertThat(observed.read).isEmpty();
        assertThat(again.copied()).isZero();
        assertThat(again.present()).isEqualTo(2);
        assertThat(to.layout.find("v2")).isPresent();
    }

    @Test
    void completesAnIndexWhoseChildrenAreMissing() throws Exception {
        Descriptor image = from.image(from.blob(100));
        Descriptor index = from.index(entry(image));
        from.layout.add(index, "v1");
        to.content().putManifest(from.content().manifest(index), List.of("v1"));

        copy().build().run("v1", List.of("v1"));

        assertThat(to.has(image)).isTrue();
    }

    @Test
    void goesOnWhereItEnded() throws Exception {
        Descriptor good = from.blob(1000);
        Descriptor bad = from.blob(2000);
        from.layout.add(from.image(good, bad), "v1");
        CountDownLatch goodIsThere = new CountDownLatch(1);
        ContentSource failing = observed.source(from.content(), blob -> {
            if (!blob.equals(bad)) {
                return from.content().blob(blob);
            }
            await(goodIsThere);
            throw new IOException("the cable is pulled");
        });
        Copy broken = Copy.between(failing, observed.target(to.content())).listener(new CopyListener() {
            @Override
            public void done(Descriptor content, Outcome outcome) {
                if (content.equals(good)) {
                    goodIsThere.countDown();
                }
            }
        }).build();

        assertThatIOException().isThrownBy(() -> broken.run("v1", List.of("v1"))).withMessage("the cable is pulled");
        assertThat(to.layout.manifests()).isEmpty();
        observed.read.clear();
        copy().build().run("v1", List.of("v1"));

        assertThat(observed.read).contains(bad.digest()).doesNotContain(good.digest());
        assertThat(to.layout.find("v1")).isPresent();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new InterruptedIOException();
        }
    }

    @Test
    void leavesTheNameWhereItWasIfContentIsWrong() throws Exception {
        Descriptor old = to.image();
        to.layout.add(old, "v1");
        Descriptor layer = from.blob(1000);
        from.layout.add(from.image(layer), "v1");
        ContentSource lying = observed.source(from.content(), blob ->
                new VerifiedStream(new ByteArrayInputStream(new byte[(int) blob.sizeBytes()]), blob));

        assertThatIOException()
                .isThrownBy(() -> Copy.between(lying, to.content()).build().run("v1", List.of("v1")))
                .withMessageContaining("in place of");
        assertThat(to.layout.find("v1").map(Descriptor::digest)).contains(old.digest());
        assertThat(to.has(layer)).isFalse();
    }

    @Test
    void failsOnBlobsOfALayoutThatAreNotWhatTheyAreCalled() throws Exception {
        Descriptor layer = from.blob(1000);
        Files.write(
                folder.resolve("from/blobs/sha256").resolve(layer.digest().hex()), new byte[1000]);

        assertThatIOException().isThrownBy(() -> {
            try (InputStream in = from.content().blob(layer)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }).withMessageContaining("in place of " + layer.digest());
    }

    @Test
    void endsAllThreadsWithTheFirstFailure() throws Exception {
        Descriptor bad = from.blob(10);
        from.layout.add(from.image(bad, from.blob(20), from.blob(30), from.blob(40)), "v1");
        CountDownLatch never = new CountDownLatch(1);
        CyclicBarrier allAreAt = new CyclicBarrier(4);
        AtomicInteger ended = new AtomicInteger();
        ContentSource failing = observed.source(from.content(), blob -> {
            if (blob.sizeBytes() == 50) {
                return from.content().blob(blob);
            }
            pass(allAreAt);
            if (blob.equals(bad)) {
                throw new RegistryException.Denied("not for you", "");
            }
            try {
                await(never);
            } finally {
                ended.incrementAndGet();
            }
            throw new AssertionError();
        });

        assertThatExceptionOfType(RegistryException.Denied.class)
                .isThrownBy(() -> Copy.between(failing, to.content()).build().run("v1", List.of("v1")));
        assertThat(ended).hasValue(3);
    }

    private static void pass(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Test
    void endsWhenItsThreadIsInterrupted() throws Exception {
        from.layout.add(from.image(from.blob(10)), "v1");
        CountDownLatch isReading = new CountDownLatch(1);
        ContentSource stuck = observed.source(from.content(), blob -> {
            isReading.countDown();
            await(new CountDownLatch(1));
            return InputStream.nullInputStream();
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread copying = new Thread(() -> {
            try {
                Copy.between(stuck, to.content()).build().run("v1", List.of("v1"));
            } catch (IOException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : null);
            }
        });
        copying.start();
        assertThat(isReading.await(30, TimeUnit.SECONDS)).isTrue();

        copying.interrupt();
        copying.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
        assertThat(to.layout.manifests()).isEmpty();
    }

    @Test
    void givesTheNameToTheImageIfOnePlatformIsWanted() throws Exception {
        Descriptor amd = from.image(from.blob(10));
        Descriptor arm = from.image(from.blob(11));
        from.layout.add(from.index(entry(amd, "linux", "amd64"), entry(arm, "linux", "arm64")), "v1");

        CopyResult result = copy().platforms(List.of(Platform.parse("linux/arm64/v8"))).build()
                .run("v1", List.of("v1"));

        assertThat(result.root().digest()).isEqualTo(arm.digest());
        assertThat(to.layout.find("v1").map(Descriptor::digest)).contains(arm.digest());
        assertThat(to.has(amd)).isFalse();
    }

    @Test
    void makesAnIndexOfThePlatformsThatAreWanted() throws Exception {
        Descriptor amd = from.image(from.blob(10));
        Descriptor arm = from.image(from.blob(11));
        Descriptor s390 = from.image(from.blob(12));
        Descriptor attestation = from.image(from.blob(13));
        String attests = Shelf.json(attestation, ",\"annotations\":{\"vnd.docker.reference.digest\":\""
                + arm.digest() + "\"},\"platform\":{\"architecture\":\"unknown\",\"os\":\"unknown\"}");
        from.layout.add(from.index(
                entry(amd, "linux", "amd64"), entry(arm, "linux", "arm64"), entry(s390, "linux", "s390x"), attests),
                "v1");

        copy().platforms(List.of(Platform.of("linux", "amd64"), Platform.of("linux", "arm64"))).build()
                .run("v1", List.of("v1"));

        RawManifest index = to.content().manifest("v1");
        assertThat(index.mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(index.parse().manifests()).extracting(Descriptor::digest)
                .containsExactly(amd.digest(), arm.digest(), attestation.digest());
        assertThat(index.parse().annotations()).isEqualTo(Map.of("of", "all"));
        assertThat(to.has(s390)).isFalse();
    }

    @Test
    void saysWhichPlatformsThereAreIfNoneIsWanted() throws Exception {
        from.layout.add(from.index(entry(from.image(), "linux", "amd64")), "v1");

        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> copy().platforms(List.of(Platform.of("windows", "amd64"))).build()
                        .run("v1", List.of("v1")))
                .withMessageContaining("linux/amd64");
    }

    @Test
    void tellsOfEachDigestOnceAndOfAllBytes() throws Exception {
        from.layout.add(from.image(from.blob(100_000), from.blob(7)), "v1");
        List<Descriptor> begun = Collections.synchronizedList(new ArrayList<>());
        List<Descriptor> done = Collections.synchronizedList(new ArrayList<>());
        Map<Descriptor, Long> moved = new ConcurrentHashMap<>();
        CopyListener listener = new CopyListener() {
            @Override
            public void begun(Descriptor content) {
                begun.add(content);
            }

            @Override
            public void moved(Descriptor blob, long bytes) {
                moved.merge(blob, bytes, Long::sum);
            }

            @Override
            public void done(Descriptor content, Outcome outcome) {
                done.add(content);
            }
        };

        copy().listener(listener).build().run("v1", List.of("v1"));

        assertThat(begun).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(done).hasSize(4);
        assertThat(moved).hasSize(3).allSatisfy((blob, bytes) -> assertThat(bytes).isEqualTo(blob.sizeBytes()));
    }

    @Test
    void findsWhatHasNoNameIfItIsAlone() throws Exception {
        Descriptor image = from.image();
        from.layout.add(image);

        assertThat(from.content().manifest("").digest()).isEqualTo(image.digest());
        assertThat(from.content().manifest(image.digest().toString()).mediaType()).isEqualTo(image.mediaType());

        from.layout.add(from.index());
        assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(() -> from.content().manifest(""));
        assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(() -> from.content().manifest("v1"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65})
    void refusesNumbersOfThreadsThatMakeNoSense(int parallel) {
        assertThatIllegalArgumentException().isThrownBy(() -> copy().parallel(parallel));
    }
}
