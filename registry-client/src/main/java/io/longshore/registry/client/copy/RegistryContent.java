package io.longshore.registry.client.copy;

import io.longshore.registry.client.Repository;
import io.longshore.registry.client.http.Content;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** A repository of a registry, to copy from or to. Names are tags. Thread-safe. */
public final class RegistryContent implements ContentSource, ContentTarget {
    private final Repository repository;

    public RegistryContent(Repository repository) {
        this.repository = repository;
    }

    @Override
    public RawManifest manifest(String reference) throws IOException {
        return repository.manifests().get(Reference.parse(reference));
    }

    @Override
    public RawManifest manifest(Descriptor manifest) throws IOException {
        return repository.manifests().get(manifest.digest());
    }

    @Override
    public InputStream blob(Descriptor blob) throws IOException {
        return repository.blobs().pull(blob);
    }

    @Override
    public List<Descriptor> referrers(Digest subject) throws IOException {
        try (Stream<Descriptor> referrers = repository.referrers(subject)) {
            return referrers.toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean hasBlob(Descriptor blob) throws IOException {
        return repository.blobs().head(blob.digest()).isPresent();
    }

    @Override
    public boolean hasManifest(Descriptor manifest) throws IOException {
        return repository.manifests().head(manifest.digest()).isPresent();
    }

    @Override
    public boolean mount(Descriptor blob, ContentSource source) throws IOException {
        return source instanceof RegistryContent other
                && other.repository.registry().equals(repository.registry())
                && repository.blobs().mount(blob.digest(), other.repository.name());
    }

    @Override
    public void putBlob(Descriptor blob, Content content) throws IOException {
        repository.blobs().push(blob, content);
    }

    @Override
    public void putManifest(RawManifest manifest, List<String> names) throws IOException {
        repository.manifests().put(manifest, names.stream().map(Tag::parse).toList());
    }
}
