package io.longshore.registry.client.copy;

import io.longshore.registry.model.Platform;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Copies images, indexes with all their platforms, and artifacts from one place to another, byte for byte: whatever has a
 * digest keeps it. What is in the target is not sent again, so that a copy that ended early is begun again where it was.
 * Thread-safe; each copy has its own threads, as long as it runs.
 *
 * <pre>{@code
 * Repository from = RegistryClient.builder("registry.example").build().repository(RepositoryName.parse("team/app"));
 * OciLayout to = OciLayout.openOrCreate(Path.of("app"));
 * Copy copy = Copy.between(new RegistryContent(from), new LayoutContent(to)).referrers(true).build();
 * CopyResult result = copy.run("v1", List.of("v1"));
 * }</pre>
 */
public final class Copy {
    private final ContentSource source;
    private final ContentTarget target;
    private final int parallel;
    private final List<Platform> platforms;
    private final boolean referrers;
    private final CopyListener listener;

    private Copy(Builder builder) {
        source = builder.source;
        target = builder.target;
        parallel = builder.parallel;
        platforms = List.copyOf(builder.platforms);
        referrers = builder.referrers;
        listener = builder.listener;
    }

    /** Begins to say how to copy. */
    public static Builder between(ContentSource source, ContentTarget target) {
        return new Builder(source, target);
    }

    /**
     * Copies what is called by a name, with all that it refers to. Names are given last: until then nothing is to be seen
     * under them, and if the copy fails they stay as they were. What was sent until then stays.
     *
     * <p>A thread that is interrupted ends its copy; when this returns or throws, nothing is sent any more.
     *
     * @param reference a tag, a digest, or another name as the source has them
     * @param names what it is called in the target; with none, it is there under its digest
     * @throws RegistryException.NotFound if it is not there, or has none of the platforms
     * @throws RegistryException for what either side refuses
     * @throws InterruptedIOException if the thread is interrupted, as it still is then
     * @throws IOException for what fails, or is not what its digest says
     */
    public CopyResult run(String reference, List<String> names) throws IOException {
        Tally tally = new Tally(listener);
        try (CopyRun run = new CopyRun(source, target, new Workers(parallel), tally)) {
            RawManifest root = new Selection(source, platforms).of(source.manifest(reference));
            return tally.result(run.copy(root, names, referrers));
        }
    }

    /** Gathers how to copy. Not thread-safe. */
    public static final class Builder {
        private static final int PARALLEL = 4;
        private static final int MOST_PARALLEL = 64;

        private final ContentSource source;
        private final ContentTarget target;
        private final List<Platform> platforms = new ArrayList<>();
        private int parallel = PARALLEL;
        private boolean referrers;
        private CopyListener listener = CopyListener.NONE;

        private Builder(ContentSource source, ContentTarget target) {
            this.source = Objects.requireNonNull(source, "source");
            this.target = Objects.requireNonNull(target, "target");
        }

        /** How many blobs, and as many manifests, are on their way at once; 1 to 64, 4 if not said. */
        public Builder parallel(int count) {
            if (count < 1 || count > MOST_PARALLEL) {
                throw new IllegalArgumentException("1 to " + MOST_PARALLEL + " at once: " + count);
            }
            parallel = count;
            return this;
        }

        /**
         * Copies only these of an index; all of them if not said. Of one platform, the image itself gets the names; of
         * several, an index of these alone, which has a digest of its own then. What is no index is copied as it is.
         */
        public Builder platforms(Collection<Platform> only) {
            platforms.addAll(only);
            return this;
        }

        /** Whether what says something about the images is copied, too: signatures, bills of materials. */
        public Builder referrers(boolean with) {
            referrers = with;
            return this;
        }

        /** Who hears how it goes. */
        public Builder listener(CopyListener who) {
            listener = Objects.requireNonNull(who, "listener");
            return this;
        }

        public Copy build() {
            return new Copy(this);
        }
    }
}
