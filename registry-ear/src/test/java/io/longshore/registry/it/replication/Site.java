package io.longshore.registry.it.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.Repository;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** A registry that images are pushed to, and looked at, as any client does. */
final class Site {
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    private final RegistryClient client;
    private final Random random;

    Site(URI url, Random random) {
        this.client = RegistryClient.builder(url.getAuthority()).build();
        this.random = random;
    }

    private Repository repository(String name) {
        return client.repository(RepositoryName.parse(name));
    }

    /** An image with layers of these sizes, which nothing else has. */
    Digest image(String repository, String tag, int... layerBytes) {
        StringBuilder layers = new StringBuilder();
        for (int bytes : layerBytes) {
            byte[] layer = new byte[bytes];
            random.nextBytes(layer);
            layers.append(layers.isEmpty() ? "" : ",").append(blob(repository, LAYER, layer));
        }
        String config = "{\"os\":\"linux\",\"architecture\":\"amd64\",\"number\":" + random.nextLong() + "}";
        return put(repository, tag, MediaTypes.OCI_MANIFEST, """
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}""".formatted(
                MediaTypes.OCI_MANIFEST, blob(repository, CONFIG, config.getBytes(StandardCharsets.UTF_8)), layers));
    }

    /** An index of images for these architectures. */
    Digest index(String repository, String tag, String... architectures) {
        StringBuilder children = new StringBuilder();
        for (String architecture : architectures) {
            Descriptor child = head(repository, image(repository, "", 1000).toString());
            children.append(children.isEmpty() ? "" : ",").append("""
                    {"mediaType":"%s","digest":"%s","size":%d,"platform":{"os":"linux","architecture":"%s"}}"""
                    .formatted(child.mediaType(), child.digest(), child.sizeBytes(), architecture));
        }
        return put(repository, tag, MediaTypes.OCI_INDEX, """
                {"schemaVersion":2,"mediaType":"%s","manifests":[%s]}""".formatted(MediaTypes.OCI_INDEX, children));
    }

    /** Something that says something about a manifest, as this type. */
    Digest referrer(String repository, Digest subject, String type) {
        return put(repository, "", MediaTypes.OCI_MANIFEST, """
                {"schemaVersion":2,"mediaType":"%1$s","artifactType":"%2$s","config":%3$s,"layers":[],
                 "subject":{"mediaType":"%1$s","digest":"%4$s","size":%5$d}}""".formatted(
                MediaTypes.OCI_MANIFEST, type,
                blob(repository, "application/vnd.oci.empty.v1+json", "{}".getBytes(StandardCharsets.UTF_8)), subject,
                head(repository, subject.toString()).sizeBytes()));
    }

    private String blob(String repository, String type, byte[] bytes) {
        try {
            Digest digest = repository(repository).blobs().push(bytes).digest();
            return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Digest put(String repository, String tag, String type, String manifest) {
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(DigestAlgorithm.SHA256, bytes);
        try {
            return repository(repository).manifests().put(tag.isEmpty() ? digest : Tag.parse(tag), type, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Descriptor head(String repository, String reference) {
        try {
            return repository(repository).manifests()
                    .head(Reference.parse(reference))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteTag(String repository, String tag) {
        try {
            repository(repository).manifests().delete(Tag.parse(tag));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In their order; none if there is no such repository. */
    List<String> tags(String repository) {
        try {
            return List.copyOf(new TreeSet<>(repository(repository).tags().map(Tag::value).toList()));
        } catch (RegistryException.NotFound e) {
            return List.of();
        }
    }

    /** What a tag names. */
    Digest digest(String repository, String tag) {
        return head(repository, tag).digest();
    }

    /** Reads all that a manifest consists of: the library compares each byte with its digest. Answers how much it was. */
    long readAll(String repository, String reference) {
        try {
            RawManifest raw = repository(repository).manifests()
                    .get(Reference.parse(reference));
            Manifest manifest = raw.parse();
            long bytes = raw.sizeBytes();
            for (Descriptor child : manifest.manifests()) {
                bytes += readAll(repository, child.digest().toString());
            }
            for (Descriptor blob : manifest.requiredBlobs()) {
                bytes += read(repository, blob);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long read(String repository, Descriptor blob) throws IOException {
        try (InputStream content = repository(repository).blobs().pull(blob)) {
            long bytes = content.transferTo(OutputStream.nullOutputStream());
            assertThat(bytes).isEqualTo(blob.sizeBytes());
            return bytes;
        }
    }

    /** What refers to a manifest, as far as the registry, or a fallback tag, says. */
    List<Digest> referrers(String repository, Digest subject) {
        return repository(repository).referrers(subject).map(Descriptor::digest).toList();
    }
}
