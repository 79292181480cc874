package io.longshore.registry.replication;

import io.longshore.registry.client.Repository;
import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.client.copy.RegistryContent;
import io.longshore.registry.client.http.Content;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** A repository of the other registry. Thread-safe. */
final class RemoteRepository implements RepositoryEnd {
    private static final System.Logger LOG = System.getLogger(RemoteRepository.class.getName());

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

    /** One that is gone already is none to be deleted. */
    @Override
    public void delete(Tag tag) throws IOException {
        try {
            repository.manifests().delete(tag);
        } catch (RegistryException.NotFound e) {
            LOG.log(Level.DEBUG, "{0} is gone already", tag);
        }
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
