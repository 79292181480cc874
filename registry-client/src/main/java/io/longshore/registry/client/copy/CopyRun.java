package io.longshore.registry.client.copy;

import io.longshore.registry.client.copy.CopyListener.Outcome;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * One copy: what a manifest refers to comes before it, what speaks of it after it. Each digest is looked at once. The
 * depth of a tree is that of its indexes; that they cannot form circles is what digests are for.
 */
final class CopyRun implements AutoCloseable {
    private static final int DEEPEST = 16;
    private static final int MOST_WAVES = 16;

    private final ContentSource source;
    private final ContentTarget target;
    private final Workers workers;
    private final CopyListener tally;
    private final Map<Digest, FutureTask<Void>> blobs = new ConcurrentHashMap<>();
    private final Map<Digest, FutureTask<Void>> manifests = new ConcurrentHashMap<>();

    CopyRun(ContentSource source, ContentTarget target, Workers workers, CopyListener tally) {
        this.source = source;
        this.target = target;
        this.workers = workers;
        this.tally = tally;
    }

    /** @return what has the names then */
    Descriptor copy(RawManifest root, List<String> names, boolean withReferrers) throws IOException {
        FutureTask<Void> task = workers.task(() -> root(root, names));
        manifests.put(root.digest(), task);
        task.run();
        workers.await(List.of(task));
        if (withReferrers) {
            copyReferrers();
        }
        return root.descriptor();
    }

    private void root(RawManifest root, List<String> names) throws IOException {
        Descriptor descriptor = root.descriptor();
        tally.begun(descriptor);
        boolean isPresent = target.hasManifest(descriptor);
        copyContent(root, isPresent, 0);
        if (!isPresent || !names.isEmpty()) {
            target.putManifest(root, names);
        }
        tally.done(descriptor, isPresent ? Outcome.PRESENT : Outcome.COPIED);
    }

    /** Wave after wave: what speaks of a manifest may be spoken of. Who lies could go on with that for ever. */
    private void copyReferrers() throws IOException {
        Set<Digest> asked = ConcurrentHashMap.newKeySet();
        int waves = 0;
        for (List<Digest> subjects = unasked(asked); !subjects.isEmpty(); subjects = unasked(asked)) {
            if (waves++ > MOST_WAVES) {
                throw new IOException("referrers of referrers, more than " + MOST_WAVES + " of them");
            }
            Queue<Descriptor> found = new ConcurrentLinkedQueue<>();
            List<Future<?>> questions = new ArrayList<>();
            for (Digest subject : subjects) {
                asked.add(subject);
                questions.add(workers.startManifest(
                        workers.task(() -> found.addAll(source.referrers(subject)))));
            }
            workers.await(questions);
            List<Future<?>> copies = new ArrayList<>();
            for (Descriptor referrer : found) {
                // As on the first level: it has a thread, and what is below it gets none.
                copies.add(workers.startManifest(manifest(referrer, true, 1)));
            }
            workers.await(copies);
        }
    }

    private List<Digest> unasked(Set<Digest> asked) {
        return manifests.keySet().stream().filter(digest -> !asked.contains(digest)).toList();
    }

    private FutureTask<Void> manifest(Descriptor descriptor, boolean isReferrer, int depth) {
        return manifests.computeIfAbsent(
                descriptor.digest(), digest -> workers.task(() -> copyManifest(descriptor, isReferrer, depth)));
    }

    private void copyManifest(Descriptor descriptor, boolean isReferrer, int depth) throws IOException {
        tally.begun(descriptor);
        boolean isPresent = target.hasManifest(descriptor);
        if (isPresent && !isIndex(descriptor)) {
            tally.done(descriptor, Outcome.PRESENT);
            return;
        }
        RawManifest manifest = source.manifest(descriptor);
        copyContent(manifest, isPresent, depth);
        if (!isPresent && isReferrer) {
            target.putManifest(manifest, List.of());
        } else if (!isPresent) {
            target.putChild(manifest);
        }
        tally.done(descriptor, isPresent ? Outcome.PRESENT : Outcome.COPIED);
    }

    private static boolean isIndex(Descriptor descriptor) {
        return Set.of(MediaTypes.OCI_INDEX, MediaTypes.DOCKER_LIST).contains(descriptor.mediaType());
    }

    /** @param isPresent whether the manifest is in the target, which says nothing of the children of an index */
    private void copyContent(RawManifest raw, boolean isPresent, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException(raw + ": indexes within indexes, more than " + DEEPEST + " of them");
        }
        Manifest manifest = parse(raw);
        Collection<Future<?>> parts = new ArrayList<>();
        for (Descriptor child : manifest.manifests()) {
            parts.add(MediaTypes.isManifest(child.mediaType()) ? child(child, depth + 1) : blob(child));
        }
        if (!isPresent) {
            manifest.requiredBlobs().forEach(blob -> parts.add(blob(blob)));
        }
        workers.await(parts);
    }

    private static Manifest parse(RawManifest raw) throws IOException {
        try {
            return raw.parse();
        } catch (RegistryException.Invalid e) {
            throw new IOException(raw + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** Only the first level gets threads: below it, those that wait would wait for those that never get one. */
    private Future<?> child(Descriptor child, int depth) {
        FutureTask<Void> task = manifest(child, false, depth);
        if (depth == 1) {
            return workers.startManifest(task);
        }
        task.run();
        return task;
    }

    private Future<?> blob(Descriptor blob) {
        return blobs.computeIfAbsent(
                blob.digest(), digest -> workers.startBlob(workers.task(() -> copyBlob(blob))));
    }

    private void copyBlob(Descriptor blob) throws IOException {
        tally.begun(blob);
        if (target.hasBlob(blob)) {
            tally.done(blob, Outcome.PRESENT);
        } else if (target.mount(blob, source)) {
            tally.done(blob, Outcome.MOUNTED);
        } else {
            target.putBlob(blob, () -> new CountedStream(source.blob(blob), count -> tally.moved(blob, count)));
            tally.done(blob, Outcome.COPIED);
        }
    }

    @Override
    public void close() {
        workers.close();
    }
}
