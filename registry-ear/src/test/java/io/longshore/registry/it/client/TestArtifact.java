package io.longshore.registry.it.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.client.Repository;
import io.longshore.registry.client.StoredManifest;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A manifest, to be pushed with the library of this project.
 *
 * @param entry how it should stand in a list of referrers
 */
record TestArtifact(RawManifest manifest, Descriptor entry) {
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    static TestArtifact of(TestImage image) {
        RawManifest manifest =
                RawManifest.of(image.manifest().mediaType(), DigestAlgorithm.SHA256, image.manifest().bytes());
        return new TestArtifact(manifest, manifest.descriptor());
    }

    /** What says something about a manifest. */
    static TestArtifact about(Descriptor subject, String type, String note) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_MANIFEST)
                .put("artifactType", type);
        Blob empty = Blob.of(MediaTypes.OCI_EMPTY, EMPTY);
        json.set("config", empty.descriptor());
        json.putArray("layers").add(empty.descriptor());
        json.putObject("subject")
                .put("mediaType", subject.mediaType())
                .put("digest", subject.digest().toString())
                .put("size", subject.sizeBytes());
        json.putObject("annotations").put("note", note);
        RawManifest manifest = RawManifest.of(
                MediaTypes.OCI_MANIFEST, DigestAlgorithm.SHA256, json.toString().getBytes(StandardCharsets.UTF_8));
        Descriptor entry = manifest.descriptor()
                .withArtifactType(Optional.of(type))
                .withAnnotations(Map.of("note", note));
        return new TestArtifact(manifest, entry);
    }

    Digest digest() {
        return manifest.digest();
    }

    /** Pushes it; the layers of an image must be there, the empty blob need not. */
    StoredManifest push(Repository repository, List<Tag> tags) throws IOException {
        repository.blobs().push(EMPTY);
        return repository.manifests().put(manifest, tags);
    }
}
