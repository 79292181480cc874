package io.longshore.registry.client;

import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.UncheckedIOException;
import java.net.URI;
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
     * All tags, in the registry's order (end-8a). Each page is fetched when it is reached: the stream throws {@link
     * RegistryException}, such as {@link RegistryException.NotFound} for a repository that does not exist, or {@link
     * UncheckedIOException}.
     */
    public Stream<Tag> tags() {
        Set<String> scopes = Set.of(Calls.scope(name, "pull"));
        return new Pages<>(calls, "/v2/" + name + "/tags/list", scopes, "tags", Tag::parse).stream();
    }
}
