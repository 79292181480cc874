package io.longshore.registry.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** What lies on both servers, the same bytes under the same names, before anything is measured. Thread-safe. */
final class Content {

    static final int BIG_BYTES = 64 * 1024 * 1024;
    static final int SMALL_BYTES = 4096;
    static final int BIG_BLOBS = 4;
    static final int REFERRERS = 100;
    static final String BIG = "bench/big";
    static final String SMALL = "bench/small";
    static final String IMAGES = "bench/images";
    static final String LONG_LIST = "bench/tags";
    static final String SUBJECT = "bench/subject";
    static final String IMAGE = "bench/layers";
    static final String IMAGE_TAG = "v1";

    /** Of the image that many clients pull, in bytes. */
    static final List<Integer> LAYER_BYTES =
            List.of(28_000_000, 12_000_000, 5_000_000, 2_500_000, 1_500_000, 600_000, 300_000, 100_000);

    private static final int CLIENTS = 16;
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final long FIRST_FRESH = 1_000_000;

    private final Scale scale;
    private final BlobSource bigSource;
    private final BlobSource smallSource;
    private final List<Blob> big;
    private final List<Blob> small;
    private final List<Manifest> manifests;
    private final Manifest layered;
    private final AtomicLong fresh = new AtomicLong(FIRST_FRESH);

    Content(Scale scale, long seed) {
        this.scale = scale;
        this.bigSource = new BlobSource(BIG_BYTES, seed);
        this.smallSource = new BlobSource(SMALL_BYTES, seed + 1);
        this.big = IntStream.range(0, BIG_BLOBS).mapToObj(bigSource::blob).toList();
        this.small = IntStream.range(0, scale.manifests()).mapToObj(smallSource::blob).toList();
        this.manifests = IntStream.range(0, scale.manifests()).mapToObj(this::image).toList();
        List<Blob> layers = IntStream.range(0, LAYER_BYTES.size())
                .mapToObj(i -> new BlobSource(LAYER_BYTES.get(i), seed + 2 + i).blob(i))
                .toList();
        this.layered = Manifest.image(small.get(0), layers, 0);
    }

    /** A number that no blob or manifest of this run has yet. */
    long fresh() {
        return fresh.getAndIncrement();
    }

    /** So many numbers that nothing has yet, the first of them. */
    long fresh(int count) {
        return fresh.getAndAdd(count);
    }

    Blob freshBig() {
        return bigSource.blob(fresh());
    }

    Blob freshSmall() {
        return smallSource.blob(fresh());
    }

    /** One of those in {@link #BIG}, over and over. */
    Blob big(int number) {
        return big.get(number % big.size());
    }

    /** One of those in {@link #SMALL} and {@link #IMAGES}, over and over. */
    Blob small(int number) {
        return small.get(number % small.size());
    }

    int smallBlobs() {
        return small.size();
    }

    /** One of those in {@link #IMAGES}, over and over, with {@link #small(int)} of the same number for a layer. */
    Manifest manifest(int number) {
        return manifests.get(number % manifests.size());
    }

    /** The tag of {@link #manifest(int)}. */
    String tag(int number) {
        return "v" + number % manifests.size();
    }

    /** A small image whose only blob is {@link #small(int)} 0. */
    Manifest image(long number) {
        Blob blob = number < small.size() ? small.get((int) number) : small.get(0);
        return Manifest.image(small.get(0), List.of(blob), number);
    }

    /** The image in {@link #IMAGE}. */
    Manifest layered() {
        return layered;
    }

    /** The manifest in {@link #SUBJECT} that others refer to. */
    Manifest subject() {
        return manifests.get(0);
    }

    /** The tag in {@link #LONG_LIST} with this number; their order is that of the numbers. */
    static String listed(int number) {
        return "t%05d".formatted(number);
    }

    /** The repository of the catalog with this number; their order is that of the numbers. */
    static String repository(int number) {
        return "catalog/r%05d".formatted(number);
    }

    /** Pushes what is in {@link #BIG} and {@link #SMALL}. */
    void pushBlobsTo(Server server, Load load) throws IOException {
        all(server, load, "big blobs", BIG_BLOBS, (calls, i) -> calls.pushWithPut(BIG, big(i)));
        pushSmallTo(server, load);
    }

    private void pushSmallTo(Server server, Load load) throws IOException {
        all(server, load, "small blobs", small.size(), (calls, i) -> calls.pushWithPut(SMALL, small(i)));
    }

    /** Pushes what is in {@link #SMALL} and {@link #IMAGES}. */
    void pushManifestsTo(Server server, Load load) throws IOException {
        pushSmallTo(server, load);
        pushImagesTo(server, load);
    }

    private void pushImagesTo(Server server, Load load) throws IOException {
        all(server, load, "blobs of images", small.size(), (calls, i) -> calls.mount(IMAGES, SMALL, small(i)));
        all(server, load, "manifests", manifests.size(),
                (calls, i) -> calls.putManifest(IMAGES, tag(i), manifest(i)));
    }

    /** Pushes everything. */
    void pushTo(Server server, Load load) throws IOException {
        pushBlobsTo(server, load);
        pushImagesTo(server, load);
        all(server, load, "layers", LAYER_BYTES.size(),
                (calls, i) -> calls.pushWithPut(IMAGE, layered.layers().get(i)));
        all(server, load, "image", 1, (calls, i) -> {
            calls.mount(IMAGE, SMALL, small(0));
            calls.putManifest(IMAGE, IMAGE_TAG, layered);
        });
        all(server, load, "repository of tags", 1, (calls, i) -> calls.mount(LONG_LIST, SMALL, small(0)));
        all(server, load, "tags", scale.tags(),
                (calls, i) -> calls.putManifest(LONG_LIST, listed(i), manifest(0)));
        all(server, load, "repositories", scale.repositories(), (calls, i) -> {
            calls.mount(repository(i), SMALL, small(0));
            calls.putManifest(repository(i), IMAGE_TAG, manifest(0));
        });
        all(server, load, "subject", 1, (calls, i) -> {
            calls.mount(SUBJECT, SMALL, small(0));
            calls.putManifest(SUBJECT, IMAGE_TAG, subject());
        });
        all(server, load, "referrers", REFERRERS, (calls, i) -> {
            Manifest referrer = Manifest.referrer(subject(), small(0), List.of(small(0)), i);
            calls.putManifest(SUBJECT, referrer.digest(), referrer);
        });
    }

    private static void all(Server server, Load load, String what, int count, Operation operation)
            throws IOException {
        Phase phase = Phase.counted("push of " + what, Math.min(CLIENTS, count), count, (ignored, calls) -> operation);
        int done = load.run(server, phase, LONGEST).operations();
        if (done < count) {
            throw new IOException(server.name() + " took only " + done + " of " + count + " " + what + "\n"
                    + load.errors());
        }
    }
}
