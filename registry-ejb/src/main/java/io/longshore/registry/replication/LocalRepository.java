package io.longshore.registry.replication;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.client.copy.ContentTarget;
import io.longshore.registry.client.http.Content;
import io.longshore.registry.database.Slice;
import io.longshore.registry.manifest.ManifestHead;
import io.longshore.registry.manifest.StoredManifest;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.permission.Visibility;
import io.longshore.registry.referrer.Referrer;
import io.longshore.registry.upload.UploadBody;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A repository of this registry: bytes go from and to the storage, all else through the services. Thread-safe. */
final class LocalRepository implements RepositoryEnd {
    private static final int PAGE = 1000;

    private final LocalServices services;
    private final Actor actor;
    private final RepositoryName name;

    LocalRepository(LocalServices services, Actor actor, RepositoryName name) {
        this.services = services;
        this.actor = actor;
        this.name = name;
    }

    @Override
    public List<Tag> tags() {
        List<Tag> tags = new ArrayList<>();
        Slice<Tag> page;
        do {
            String last = tags.isEmpty() ? "" : tags.get(tags.size() - 1).value();
            try {
                page = services.tags().list(name, last, PAGE);
            } catch (RegistryException.NotFound e) {
                return List.of();
            }
            tags.addAll(page.items());
        } while (page.more());
        return tags;
    }

    @Override
    public Optional<Descriptor> head(Tag tag) {
        try {
            ManifestHead head = services.manifests().head(name, tag);
            return Optional.of(Descriptor.of(head.mediaType(), head.digest(), head.sizeBytes()));
        } catch (RegistryException.NotFound e) {
            return Optional.empty();
        }
    }

    @Override
    public void delete(Tag tag) {
        services.tags().delete(actor, name, tag);
    }

    @Override
    public RawManifest manifest(String reference) {
        return manifest(Reference.parse(reference));
    }

    @Override
    public RawManifest manifest(Descriptor manifest) {
        return manifest(manifest.digest());
    }

    private RawManifest manifest(Reference reference) {
        StoredManifest stored = services.manifests().get(name, reference);
        return RawManifest.of(stored.mediaType(), stored.digest().algorithm(), stored.content());
    }

    @Override
    public InputStream blob(Descriptor blob) throws IOException {
        long size = services.blobs().sizeOf(name, blob.digest());
        return new StoredBlobStream(services.blobs().open(blob.digest(), size, 0));
    }

    @Override
    public List<Descriptor> referrers(Digest subject) {
        List<Descriptor> found = new ArrayList<>();
        Slice<Referrer> page;
        do {
            Optional<Digest> last =
                    found.isEmpty() ? Optional.empty() : Optional.of(found.get(found.size() - 1).digest());
            page = services.referrers().list(name, subject, Optional.empty(), last, PAGE);
            page.items().forEach(one -> found.add(Descriptor.of(one.mediaType(), one.digest(), one.sizeBytes())
                    .withArtifactType(one.artifactType())));
        } while (page.more());
        return found;
    }

    @Override
    public boolean hasBlob(Descriptor blob) {
        try {
            services.blobs().sizeOf(name, blob.digest());
            return true;
        } catch (RegistryException.NotFound e) {
            return false;
        }
    }

    @Override
    public boolean hasManifest(Descriptor manifest) {
        try {
            services.manifests().head(name, manifest.digest());
            return true;
        } catch (RegistryException.NotFound e) {
            return false;
        }
    }

    /**
     * Whatever repository has it: bytes are kept once. The source has to have them, too, lest a manifest that merely names
     * what lies here opens it to those who may read this repository.
     */
    @Override
    public boolean mount(Descriptor blob, ContentSource source) throws IOException {
        return services.blobs().isStored(blob.digest(), blob.sizeBytes())
                && source instanceof ContentTarget there
                && there.hasBlob(blob)
                && services.blobs().mount(actor, name, blob.digest(), Visibility.ALL);
    }

    @Override
    public void putBlob(Descriptor blob, Content content) throws IOException {
        try (InputStream stream = content.open()) {
            services.uploads()
                    .push(actor, name, new UploadBody(stream, OptionalLong.of(blob.sizeBytes())), blob.digest());
        }
    }

    @Override
    public void putManifest(RawManifest manifest, List<String> names) {
        services.manifests().push(
                actor, name, manifest.digest(), names.stream().map(Tag::parse).toList(), manifest.bytes(),
                manifest.mediaType());
    }
}
