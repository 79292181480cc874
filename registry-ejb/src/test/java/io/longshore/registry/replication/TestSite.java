package io.longshore.registry.replication;

import static io.longshore.registry.audit.TestActor.ALICE;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.repository.Catalog;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.upload.UploadBody;
import io.longshore.registry.upload.UploadService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A registry with a database and a storage of its own. */
final class TestSite implements AutoCloseable {
    static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    final TestDatabase postgres = TestDatabase.fresh();
    final Database database = postgres.database();
    final LocalServices services = services(database, new MemoryBlobStore());

    private static LocalServices services(Database database, MemoryBlobStore store) {
        BlobService blobs = new BlobService(database, store);
        return new LocalServices(
                new Catalog(database), new TagService(database), new ManifestService(database, TestPolicy.COMPLETE),
                new ReferrerService(database), blobs, new UploadService(database, store, blobs));
    }

    /** An image that was made at this time, with a layer that nothing else has. */
    Digest image(String repository, String tag, String created) {
        String config = "{\"created\":\"" + created + "\",\"os\":\"linux\",\"architecture\":\"amd64\"}";
        return push(repository, tag, MediaTypes.OCI_MANIFEST, """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}"""
                .formatted(
                        MediaTypes.OCI_MANIFEST, blob(repository, CONFIG, config),
                        blob(repository, "application/vnd.oci.image.layer.v1.tar", repository + ':' + tag + created)));
    }

    Digest image(String repository, String tag) {
        return image(repository, tag, "2026-01-01T00:00:00Z");
    }

    /** Something of this type that says something about a manifest. */
    Digest referrer(String repository, Digest subject, String type) {
        return push(repository, "", MediaTypes.OCI_MANIFEST, """
                {"schemaVersion":2,"mediaType":"%1$s","artifactType":"%2$s","config":%3$s,"layers":[],
                 "subject":{"mediaType":"%1$s","digest":"%4$s","size":1}}"""
                .formatted(
                        MediaTypes.OCI_MANIFEST, type, blob(repository, "application/vnd.oci.empty.v1+json", "{}"),
                        subject));
    }

    /** An index of images for these platforms, which have no tags of their own. */
    Digest index(String repository, String tag, String... architectures) {
        String children = Stream.of(architectures)
                .map(one -> {
                    Digest child = image(repository, "", one);
                    long size = services.manifests().head(RepositoryName.parse(repository), child).sizeBytes();
                    return """
                            {"mediaType":"%s","digest":"%s","size":%d,"platform":{"os":"linux","architecture":"%s"}}"""
                            .formatted(MediaTypes.OCI_MANIFEST, child, size, one);
                })
                .collect(Collectors.joining(","));
        return push(repository, tag, MediaTypes.OCI_INDEX, """
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}""".formatted(MediaTypes.OCI_INDEX, children));
    }

    private String blob(String repository, String type, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(DigestAlgorithm.SHA256, bytes);
        try {
            services.uploads().push(
                    ALICE, RepositoryName.parse(repository),
                    new UploadBody(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length)), digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, bytes.length);
    }

    private Digest push(String repository, String tag, String type, String manifest) {
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(DigestAlgorithm.SHA256, bytes);
        List<Tag> tags = tag.isEmpty() ? List.of() : List.of(Tag.parse(tag));
        services.manifests().push(ALICE, RepositoryName.parse(repository), digest, tags, bytes, type);
        return digest;
    }

    void deleteTag(String repository, String tag) {
        services.tags().delete(ALICE, RepositoryName.parse(repository), Tag.parse(tag));
    }

    void deleteManifest(String repository, Digest digest) {
        services.manifests().delete(ALICE, RepositoryName.parse(repository), digest);
    }

    /** What a tag, or a digest, names; fails if it is not there. */
    Digest digest(String repository, String reference) {
        return services.manifests().head(RepositoryName.parse(repository), Reference.parse(reference)).digest();
    }

    /** All tags there are, with their repositories. */
    List<String> tags() {
        return postgres.column("""
                select r.name || ':' || t.name from tag t join repository r on r.id = t.repository_id order by 1""");
    }

    @Override
    public void close() {
        postgres.close();
    }
}
