package io.longshore.registry.mirror;

import io.longshore.registry.database.Database;
import io.longshore.registry.manifest.Adoption;
import io.longshore.registry.manifest.StoredManifest;
import io.longshore.registry.mirror.MirrorObserver.Outcome;
import io.longshore.registry.mirror.Question.Kind;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sees to it that a manifest is here when it is pulled, and that a tag is what it is at the upstream, or was a short time
 * ago. Thread-safe.
 */
final class ManifestPulls {
    private final Database database;
    private final Adoption adoption;
    private final TagTable tags = new TagTable();
    private final ContentTable contents = new ContentTable();
    private final Once<Wanted, List<String>> once = new Once<>();

    private record Wanted(RepositoryName repository, Reference reference) {}

    ManifestPulls(Database database, Adoption adoption) {
        this.database = database;
        this.adoption = adoption;
    }

    /** @param stored reads it where it is kept; throws {@link RegistryException.NotFound} if it is not there */
    <T> Pulled<T> pull(MirroredRepository from, Reference reference, Supplier<T> stored) {
        return reference instanceof Digest digest ? pull(from, digest, stored) : pull(from, (Tag) reference, stored);
    }

    /** What a digest names never changes: if it is here, nobody is asked. */
    private <T> Pulled<T> pull(MirroredRepository from, Digest digest, Supplier<T> stored) {
        try {
            T found = stored.get();
            from.note(MirrorObserver.Kind.MANIFEST, Outcome.HIT);
            return new Pulled<>(found, List.of());
        } catch (RegistryException.NotFound notHere) {
            from.note(MirrorObserver.Kind.MANIFEST, Outcome.MISS);
            once.run(new Wanted(from.here(), digest), () -> {
                fetch(from, digest, Optional.empty());
                return List.of();
            });
            return new Pulled<>(stored.get(), List.of());
        }
    }

    private <T> Pulled<T> pull(MirroredRepository from, Tag tag, Supplier<T> stored) {
        Optional<TagTable.Known> known = known(from, tag);
        List<String> warnings = isCurrent(from, known)
                ? List.of()
                : once.run(new Wanted(from.here(), tag), () -> checked(from, tag));
        from.note(MirrorObserver.Kind.MANIFEST,
                known.isEmpty() ? Outcome.MISS : warnings.isEmpty() ? Outcome.HIT : Outcome.STALE);
        return new Pulled<>(stored.get(), warnings);
    }

    private Optional<TagTable.Known> known(MirroredRepository from, Tag tag) {
        return database.statement(tx -> tags.find(tx, from.here(), tag));
    }

    private static boolean isCurrent(MirroredRepository from, Optional<TagTable.Known> known) {
        Duration lifetime = from.upstream().config().tagLifetime();
        return known.isPresent() && known.get().age().map(age -> age.compareTo(lifetime) < 0).orElse(true);
    }

    /** What is to be said if the upstream could not say whether the tag is still what it was. */
    private List<String> checked(MirroredRepository from, Tag tag) {
        Optional<TagTable.Known> known = known(from, tag);
        if (known.isEmpty()) {
            fetch(from, tag, Optional.of(tag));
            return List.of();
        }
        if (isCurrent(from, known)) {
            // Somebody has just asked.
            return List.of();
        }
        try {
            update(from, tag, known.get().digest());
            return List.of();
        } catch (RegistryException.NotFound gone) {
            database.statement(tx -> {
                tags.remove(tx, from.here(), tag, known.get().digest());
                return null;
            });
            throw gone;
        } catch (RegistryException e) {
            return List.of("the tag may have moved, as it is what it was " + seconds(known.get()) + " seconds ago: "
                    + e.getMessage());
        }
    }

    private static long seconds(TagTable.Known known) {
        return known.age().orElseThrow().toSeconds();
    }

    private void update(MirroredRepository from, Tag tag, Digest before) {
        Question question = new Question(Kind.MANIFEST, from.there(), tag);
        Digest now = from.source().ask(question, repository -> repository.manifests().resolve(tag, before)
                .orElseThrow(() -> new RegistryException.NotFound(ErrorCode.MANIFEST_UNKNOWN, "no such tag", "")));
        if (now.equals(before)) {
            database.statement(tx -> {
                tags.checkedAgain(tx, from.here(), tag);
                return null;
            });
        } else if (!moved(from, tag, now)) {
            fetch(from, now, Optional.of(tag));
        }
    }

    /** Whether the manifest is here that the tag names now, so that it can be named. */
    private boolean moved(MirroredRepository from, Tag tag, Digest now) {
        return database.transaction(tx -> {
            long repositoryId = adoption.lock(tx, from.here());
            if (!adoption.name(tx, repositoryId, now, tag)) {
                return false;
            }
            tags.checked(tx, repositoryId, tag, now);
            return true;
        });
    }

    private void fetch(MirroredRepository from, Reference reference, Optional<Tag> tag) {
        Question question = new Question(Kind.MANIFEST, from.there(), reference);
        RawManifest manifest = from.source().ask(question, repository -> repository.manifests().get(reference));
        from.source().observer().fetched(
                from.upstream().name(), MirrorObserver.Kind.MANIFEST, manifest.sizeBytes());
        StoredManifest fetched = new StoredManifest(manifest.digest(), manifest.mediaType(), manifest.bytes());
        try {
            store(from, fetched, tag);
        } catch (RegistryException.Invalid e) {
            throw from.source().refusing(question, Reasons.broken(from.upstream(), question, e.getMessage()));
        }
    }

    private void store(MirroredRepository from, StoredManifest fetched, Optional<Tag> tag) {
        database.transaction(tx -> {
            long repositoryId = adoption.lock(tx, from.here());
            adoption.add(tx, from.here(), repositoryId, fetched, tag);
            contents.add(
                    tx, repositoryId, from.upstream(), true, fetched.digest(), fetched.content().length);
            if (tag.isPresent()) {
                tags.checked(tx, repositoryId, tag.get(), fetched.digest());
            }
            return null;
        });
    }
}
