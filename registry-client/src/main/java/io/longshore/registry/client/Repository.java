package io.longshore.registry.client;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One repository of a registry, whether it exists or not. Thread-safe. */
public final class Repository {
    private final Calls calls;
    private final RepositoryName name;

    Repository(Calls calls, RepositoryName name) {
        this.calls = calls;
        this.name = name;
    }

    public RepositoryName name() {
        return name;
    }

    /** Where the registry of it is: scheme, host and port. */
    public URI registry() {
        return calls.url("");
    }

    public Blobs blobs() {
        return new Blobs(calls, name);
    }

    public Manifests manifests() {
        return new Manifests(calls, name);
    }

    /**
     * Finds out what the registry can do here, by asking for the referrers of a manifest that nobody has.
     *
     * @throws RegistryException if it may not be asked, or has no such repository
     */
    public RepositoryCapabilities capabilities() throws IOException {
        Referrers.Ability ability = new Referrers(calls, name).ability();
        return new RepositoryCapabilities(ability.lists(), ability.filters());
    }

    /**
     * What says something about a manifest, which need not be there itself: signatures, SBOMs and other artifacts, in
     * the registry's order (end-12a). Where the registry cannot list them, those are given that clients have entered
     * under the fallback tag (distribution-spec, "Referrers Tag Schema"). Each page is fetched when it is reached: the
     * stream throws {@link RegistryException}, such as {@link RegistryException.NotFound} for a repository that does
     * not exist, or {@link UncheckedIOException}.
     */
    public Stream<Descriptor> referrers(Digest subject) {
        return new Referrers(calls, name).list(subject, Optional.empty());
    }

    /** As {@link #referrers(Digest)}, of one artifact type only, whether the registry can filter or not (end-12b). */
    public Stream<Descriptor> referrers(Digest subject, String artifactType) {
        return new Referrers(calls, name).list(subject, Optional.of(artifactType));
    }

    /**
     * All tags, in the registry's order (end-8a). Each page is fetched when it is reached: the stream throws {@link
     * RegistryException}, such as {@link RegistryException.NotFound} for a repository that does not exist, or {@link
     * UncheckedIOException}.
     */
    public Stream<Tag> tags() {
        Set<String> scopes = Set.of(Calls.scope(name, "pull"));
        return Pages.ofStrings(calls, "/v2/" + name + "/tags/list", scopes, "tags", Tag::parse).stream();
    }
}
