package io.longshore.registry.replication;

import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.client.http.Content;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A registry that is reached over something that may hold up what passes. */
class PassingEnd implements RegistryEnd {
    private final RegistryEnd end;

    PassingEnd(RegistryEnd end) {
        this.end = end;
    }

    /** To be done before a list is asked for. */
    void beforeList() throws IOException {}

    /** To be done before a manifest is read. */
    void beforeManifest() throws IOException {}

    /** To be done before a blob is sent. */
    void beforeBlob() throws IOException {}

    @Override
    public List<RepositoryName> repositories() throws IOException {
        beforeList();
        return end.repositories();
    }

    @Override
    public RepositoryEnd repository(RepositoryName name) {
        return new Passing(end.repository(name));
    }

    private final class Passing implements RepositoryEnd {
        private final RepositoryEnd repository;

        Passing(RepositoryEnd repository) {
            this.repository = repository;
        }

        @Override
        public List<Tag> tags() throws IOException {
            beforeList();
            return repository.tags();
        }

        @Override
        public Optional<Descriptor> head(Tag tag) throws IOException {
            return repository.head(tag);
        }

        @Override
        public void delete(Tag tag) throws IOException {
            repository.delete(tag);
        }

        @Override
        public RawManifest manifest(String reference) throws IOException {
            beforeManifest();
            return repository.manifest(reference);
        }

        @Override
        public RawManifest manifest(Descriptor manifest) throws IOException {
            beforeManifest();
            return repository.manifest(manifest);
        }

        @Override
        public InputStream blob(Descriptor blob) throws IOException {
            return repository.blob(blob);
        }

        @Override
        public List<Descriptor> referrers(Digest subject) throws IOException {
            return repository.referrers(subject);
        }

        @Override
        public boolean hasBlob(Descriptor blob) throws IOException {
            return repository.hasBlob(blob);
        }

        @Override
        public boolean hasManifest(Descriptor manifest) throws IOException {
            return repository.hasManifest(manifest);
        }

        @Override
        public boolean mount(Descriptor blob, ContentSource source) throws IOException {
            return repository.mount(blob, source);
        }

        @Override
        public void putBlob(Descriptor blob, Content content) throws IOException {
            beforeBlob();
            repository.putBlob(blob, content);
        }

        @Override
        public void putManifest(RawManifest manifest, List<String> names) throws IOException {
            repository.putManifest(manifest, names);
        }
    }
}
