package io.longshore.registry.replication;

import io.longshore.registry.client.Repository;
import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.client.copy.RegistryContent;
import io.longshore.registry.client.http.Content;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A repository of the other registry. Thread-safe. */
final class RemoteRepository implements RepositoryEnd {
    private static final Set<RegistryException.Kind> NO_SUCH_DELETION =
            Set.of(RegistryException.Kind.INVALID, RegistryException.Kind.NOT_ALLOWED, RegistryException.Kind.NOT_FOUND);

    private final Repository repository;
    private final RegistryContent content;

    RemoteRepository(Repository repository) {
        this.repository = repository;
        this.content = new RegistryContent(repository);
    }

    @Override
    public List<Tag> tags() throws IOException {
        try {
            return repository.tags().toList();
        } catch (RegistryException.NotFound e) {
            return List.of();
        }
    }

    @Override
    public Optional<Descriptor> head(Tag tag) throws IOException {
        return repository.manifests().head(tag);
    }

    /**
     * Some registries delete manifests alone. There, the manifest goes, with all its tags; unless it has another one.
     */
    @Override
    public void delete(Tag tag) throws IOException {
        try {
            repository.manifests().delete(tag);
            return;
        } catch (RegistryException e) {
            if (!NO_SUCH_DELETION.contains(e.kind())) {
                throw e;
            }
        }
        Optional<Descriptor> named = head(tag);
        if (named.isEmpty()) {
            return;
        }
        for (Tag other : tags()) {
            if (!other.equals(tag) && head(other).map(Descriptor::digest).equals(named.map(Descriptor::digest))) {
                throw new RegistryException.Refused(
                        RegistryException.Kind.NOT_ALLOWED, ErrorCode.UNSUPPORTED,
                        "the registry deletes no tags, and " + other + " names the same manifest", tag.value());
            }
        }
        repository.manifests().delete(named.get().digest());
    }

    @Override
    public RawManifest manifest(String reference) throws IOException {
        return content.manifest(reference);
    }

    @Override
    public RawManifest manifest(Descriptor manifest) throws IOException {
        return content.manifest(manifest);
    }

    @Override
    public InputStream blob(Descriptor blob) throws IOException {
        return content.blob(blob);
    }

    @Override
    public List<Descriptor> referrers(Digest subject) throws IOException {
        return content.referrers(subject);
    }

    @Override
    public boolean hasBlob(Descriptor blob) throws IOException {
        return content.hasBlob(blob);
    }

    @Override
    public boolean hasManifest(Descriptor manifest) throws IOException {
        return content.hasManifest(manifest);
    }

    @Override
    public boolean mount(Descriptor blob, ContentSource source) throws IOException {
        return content.mount(blob, source);
    }

    @Override
    public void putBlob(Descriptor blob, Content bytes) throws IOException {
        content.putBlob(blob, bytes);
    }

    @Override
    public void putManifest(RawManifest manifest, List<String> names) throws IOException {
        content.putManifest(manifest, names);
    }

    @Override
    public void putChild(RawManifest manifest) throws IOException {
        content.putChild(manifest);
    }
}
