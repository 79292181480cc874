package io.longshore.registry.replication;

import io.longshore.registry.client.copy.ContentTarget;
import io.longshore.registry.client.copy.Copy;
import io.longshore.registry.client.copy.CopyResult;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.replication.CopiedTable.Copied;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Makes one tag at the target be what it is at the source. */
final class TagCopy {
    /** Of one image: several images are copied at once. */
    private static final int BLOBS_AT_ONCE = 3;

    private final Replica replica;
    private final Task task;
    private final Tag tag;
    private final RepositoryEnd source;
    private final RepositoryEnd target;
    private final CopiedTable table = new CopiedTable();

    TagCopy(Replica replica, Task task) {
        this.replica = replica;
        this.task = task;
        this.tag = Tag.parse(task.tag());
        RepositoryName name = RepositoryName.parse(task.repository());
        this.source = replica.source().repository(name);
        this.target = replica.target().repository(replica.rule().mapping().target(name));
    }

    /** Copies what it names, if that is not there. What is gone since it was found is left to the next run. */
    Outcome copy() throws IOException {
        Optional<Descriptor> wanted = source.head(tag);
        if (wanted.isEmpty()) {
            return Outcome.SKIPPED;
        }
        Digest digest = wanted.get().digest();
        Optional<Copied> there = target.head(tag).map(found -> new Copied(digest, found.digest()));
        boolean same = there.isPresent() && (there.get().isTheSame() || there.equals(before()));
        if (same && !replica.rule().selection().referrers()) {
            remember(there.get());
            return Outcome.SKIPPED;
        }
        if (!same && !isSelected(wanted.get())) {
            return Outcome.SKIPPED;
        }
        CopyResult result = copied(digest, same);
        remember(new Copied(digest, result.root().digest()));
        return same && result.copied() + result.mounted() == 0
                ? Outcome.SKIPPED
                : Outcome.copied(result.root().digest(), result.copiedBytes());
    }

    /** By its digest, lest it is another one meanwhile. What is there with its tag does not get the tag again. */
    private CopyResult copied(Digest digest, boolean same) throws IOException {
        ContentTarget end = task.dry() ? new DryTarget(target) : new SlowTarget(target, replica.throttle());
        return Copy.between(source, end)
                .platforms(replica.rule().selection().platforms())
                .referrers(replica.rule().selection().referrers())
                .parallel(BLOBS_AT_ONCE)
                .build()
                .run(digest.toString(), same ? List.of() : List.of(tag.value()));
    }

    /** As far as its content says: it is of one of the types, and an index has one of the platforms. */
    private boolean isSelected(Descriptor descriptor) throws IOException {
        Selection selection = replica.rule().selection();
        if (selection.artifactTypes().isEmpty() && selection.platforms().isEmpty()) {
            return true;
        }
        Manifest manifest = source.manifest(descriptor).parse();
        return selection.includesType(manifest.artifactType().orElse(manifest.mediaType()))
                && selection.includesPlatformOf(manifest);
    }

    /** Deletes it, if it is gone at the source, and still what this rule has made it. */
    Outcome delete() throws IOException {
        Optional<Copied> before = before();
        if (before.isEmpty() || source.head(tag).isPresent()) {
            return Outcome.SKIPPED;
        }
        Optional<Digest> there = target.head(tag).map(Descriptor::digest);
        if (!there.equals(before.map(Copied::target))) {
            forget();
            return Outcome.SKIPPED;
        }
        if (!task.dry()) {
            target.delete(tag);
            forget();
        }
        return Outcome.DELETED;
    }

    private Optional<Copied> before() {
        return replica.database().statement(tx -> table.find(tx, task));
    }

    private void remember(Copied copied) {
        if (!task.dry()) {
            replica.database().statement(tx -> {
                table.put(tx, task, copied);
                return null;
            });
        }
    }

    private void forget() {
        if (!task.dry()) {
            replica.database().statement(tx -> {
                table.delete(tx, task);
                return null;
            });
        }
    }
}
