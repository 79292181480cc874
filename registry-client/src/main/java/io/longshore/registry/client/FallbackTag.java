package io.longshore.registry.client;

import io.longshore.registry.client.http.Retries;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.IndexText;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tag under which clients list the referrers of a manifest where the registry does not. Thread-safe.
 *
 * <p>Registries know no condition on a push, so that two clients that change the list at once may lose an entry of each
 * other. Each looks afterwards whether its own is there, and repeats what it did if not. Clients made by one {@link
 * RegistryClient} wait for each other.
 *
 * <p>OCI distribution-spec, "Referrers Tag Schema".
 */
final class FallbackTag {
    private static final int LONGEST_ALGORITHM = 32;
    private static final int LONGEST_HASH = 64;

    private final Calls calls;
    private final RepositoryName repository;
    private final Tag tag;

    FallbackTag(Calls calls, RepositoryName repository, Digest subject) {
        this.calls = calls;
        this.repository = repository;
        this.tag = of(subject);
    }

    /** Such as {@code sha256-e3b0…}: no digest, although it looks much like one. */
    static Tag of(Digest subject) {
        return Tag.parse(shortened(subject.algorithm().id(), LONGEST_ALGORITHM) + '-'
                + shortened(subject.hex(), LONGEST_HASH));
    }

    private static String shortened(String text, int length) {
        return text.substring(0, Math.min(text.length(), length));
    }

    /**
     * What is listed; nothing if the tag is not there, or names something else than a list.
     *
     * @throws RegistryException.NotFound if there is no such repository
     */
    List<Descriptor> entries() throws IOException {
        Optional<RawManifest> list = find();
        return list.isEmpty() || !isIndex(list.get()) ? List.of() : parse(list.get());
    }

    private Optional<RawManifest> find() throws IOException {
        try {
            return Optional.of(new Manifests(calls, repository).get(tag));
        } catch (RegistryException.NotFound e) {
            if (e.errors().stream().anyMatch(error -> error.code() == ErrorCode.NAME_UNKNOWN)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static boolean isIndex(RawManifest manifest) {
        return manifest.mediaType().equals(MediaTypes.OCI_INDEX);
    }

    private List<Descriptor> parse(RawManifest list) throws IOException {
        try {
            return list.parse().manifests();
        } catch (RegistryException.Invalid e) {
            throw new IOException(this + ": the list of referrers cannot be read: " + e.getMessage(), e);
        }
    }

    /** Enters a referrer, in place of what was entered for it before; annotations that others gave to that stay. */
    void add(Descriptor referrer) throws IOException {
        change(list -> {
            Descriptor entry = list.merged(referrer);
            return list.of(referrer.digest()).equals(List.of(entry))
                    ? Optional.empty()
                    : Optional.of(IndexText.put(list.text(), entry));
        });
    }

    /** Takes a referrer out, if it is listed. The list stays, even of none: the tag may not be deletable. */
    void remove(Digest referrer) throws IOException {
        change(list -> list.of(referrer).isEmpty()
                ? Optional.empty()
                : Optional.of(IndexText.remove(list.text(), referrer)));
    }

    /** A list as it is now. */
    private record Listed(String text, List<Descriptor> entries) {
        List<Descriptor> of(Digest digest) {
            return entries.stream().filter(entry -> entry.digest().equals(digest)).toList();
        }

        Descriptor merged(Descriptor referrer) {
            Map<String, String> annotations = new LinkedHashMap<>();
            of(referrer.digest()).forEach(entry -> annotations.putAll(entry.annotations()));
            annotations.putAll(referrer.annotations());
            return referrer.withAnnotations(annotations);
        }
    }

    /** What is to become of the list; nothing if it is so. */
    @FunctionalInterface
    private interface Change {
        Optional<String> apply(Listed list);
    }

    private void change(Change change) throws IOException {
        synchronized (calls.lock(repository + ":" + tag)) {
            Retries retries = calls.retries();
            while (!attempt(change)) {
                if (!retries.next(Optional.empty())) {
                    throw new IOException(this + ": others change the list of referrers all the time");
                }
            }
        }
    }

    /** Returns whether the list is as it should be, having looked again where it had to be changed. */
    private boolean attempt(Change change) throws IOException {
        Optional<String> changed = change.apply(read());
        if (changed.isEmpty()) {
            return true;
        }
        byte[] bytes = changed.get().getBytes(StandardCharsets.UTF_8);
        new ManifestPush(calls, repository, MediaTypes.OCI_INDEX, bytes).to(tag);
        return change.apply(read()).isEmpty();
    }

    private Listed read() throws IOException {
        Optional<RawManifest> list = find();
        if (list.isEmpty()) {
            return new Listed(IndexText.EMPTY, List.of());
        }
        if (!isIndex(list.get())) {
            throw new IOException(this + ": the tag names no list of referrers, but a manifest of the type "
                    + list.get().mediaType());
        }
        return new Listed(new String(list.get().bytes(), StandardCharsets.UTF_8), parse(list.get()));
    }

    /** For messages. */
    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
