package io.longshore.registry.mirror;

import io.longshore.registry.database.Database;
import io.longshore.registry.database.Digests;
import io.longshore.registry.database.Slice;
import io.longshore.registry.mirror.Question.Kind;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.referrer.Referrer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Lists the referrers that an upstream knows, and those that were pushed here. What is listed is fetched when it is pulled.
 * Thread-safe.
 */
final class ReferrerPulls {
    private static final int MOST = 10_000;

    /** That in which those are listed that are here. */
    private static final Comparator<Digest> ORDER =
            Comparator.comparing(Digests::toBytes, Arrays::compareUnsigned);

    private final Database database;
    private final ReferrerTable table = new ReferrerTable();
    private final Once<Wanted, Pulled<String>> once = new Once<>();

    private record Wanted(RepositoryName repository, Digest subject) {}

    ReferrerPulls(Database database) {
        this.database = database;
    }

    /**
     * A page of both.
     *
     * @param here the page of those that are here, in the order of their digests
     * @param after exclusive start
     */
    Pulled<Slice<Referrer>> list(
            MirroredRepository from, Digest subject, Optional<String> artifactType, Optional<Digest> after, int limit,
            Slice<Referrer> here) {
        Pulled<String> there = current(from, subject);
        TreeMap<Digest, Referrer> all = new TreeMap<>(ORDER);
        parse(there.content()).stream()
                .filter(one -> artifactType.isEmpty() || one.artifactType().equals(artifactType))
                .filter(one -> after.isEmpty() || ORDER.compare(one.digest(), after.get()) > 0)
                .forEach(one -> all.put(one.digest(), referrer(one)));
        Set<Digest> gone = fetched(from, here);
        gone.removeAll(all.keySet());
        here.items().stream().filter(one -> !gone.contains(one.digest())).forEach(one -> all.put(one.digest(), one));
        if (here.more() && !here.items().isEmpty()) {
            // What follows here is not known yet, and may come between.
            all.tailMap(here.items().get(here.items().size() - 1).digest(), false).clear();
        }
        List<Referrer> page = all.values().stream().limit(limit).toList();
        return new Pulled<>(new Slice<>(page, here.more() || all.size() > page.size()), there.warnings());
    }

    private Set<Digest> fetched(MirroredRepository from, Slice<Referrer> here) {
        List<Digest> digests = here.items().stream().map(Referrer::digest).toList();
        return database.statement(tx -> table.fetched(tx, from.here(), digests));
    }

    private Pulled<String> current(MirroredRepository from, Digest subject) {
        Optional<ReferrerTable.Known> known = known(from, subject);
        return isCurrent(from, known)
                ? new Pulled<>(known.orElseThrow().index(), List.of())
                : once.run(new Wanted(from.here(), subject), () -> asked(from, subject));
    }

    private Optional<ReferrerTable.Known> known(MirroredRepository from, Digest subject) {
        return database.statement(tx -> table.find(tx, from.here(), subject));
    }

    private static boolean isCurrent(MirroredRepository from, Optional<ReferrerTable.Known> known) {
        Duration lifetime = from.upstream().config().tagLifetime();
        return known.isPresent() && known.get().age().compareTo(lifetime) < 0;
    }

    private Pulled<String> asked(MirroredRepository from, Digest subject) {
        Optional<ReferrerTable.Known> known = known(from, subject);
        if (isCurrent(from, known)) {
            return new Pulled<>(known.orElseThrow().index(), List.of());
        }
        try {
            String index = index(fetch(from, subject));
            database.statement(tx -> {
                table.put(tx, from.here(), subject, index);
                return null;
            });
            return new Pulled<>(index, List.of());
        } catch (RegistryException.NotFound noRepository) {
            return new Pulled<>(index(List.of()), List.of());
        } catch (RegistryException e) {
            if (known.isEmpty()) {
                throw e;
            }
            return new Pulled<>(known.get().index(), List.of("there may be other referrers, as they are what they were "
                    + known.get().age().toSeconds() + " seconds ago: " + e.getMessage()));
        }
    }

    private static List<Descriptor> fetch(MirroredRepository from, Digest subject) {
        Question question = new Question(Kind.REFERRERS, from.there(), subject);
        return from.source().ask(question, repository -> {
            try {
                return repository.referrers(subject).limit(MOST).toList();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
    }

    private static String index(List<Descriptor> referrers) {
        return referrers.stream().map(Descriptor::toJson).collect(Collectors.joining(
                ",", "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[", "]}"));
    }

    private static List<Descriptor> parse(String index) {
        return Manifest.parse(index.getBytes(StandardCharsets.UTF_8), MediaTypes.OCI_INDEX).manifests();
    }

    private static Referrer referrer(Descriptor one) {
        return new Referrer(
                one.digest(), one.mediaType(), one.sizeBytes(), one.artifactType(),
                one.annotations().isEmpty() ? Optional.empty() : Optional.of(Annotations.json(one.annotations())));
    }
}
