package io.longshore.registry.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.EventContent;
import io.longshore.registry.database.Digests;
import io.longshore.registry.manifest.ReferenceTable.Found;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A manifest on its way into the database.
 *
 * @param content the exact bytes, of which {@code digest} is the digest and {@code manifest} the meaning
 * @param tags names that it gets with this push
 * @param tellContent whether webhooks are told what it consists of
 */
record ManifestPush(
        Actor actor,
        RepositoryName repository,
        Digest digest,
        byte[] content,
        Manifest manifest,
        Collection<Tag> tags,
        boolean tellContent) {
    private static final JsonFactory JSON = new JsonFactory();

    /** A blob of the repository at its place in the manifest: 0 is the config, the layers follow. */
    record PlacedBlob(int position, long blobId) {}

    List<PlacedBlob> placedBlobs(Found found) {
        List<Optional<Descriptor>> places = new ArrayList<>();
        places.add(manifest.config());
        manifest.layers().forEach(layer -> places.add(Optional.of(layer)));
        List<PlacedBlob> placed = new ArrayList<>();
        for (int position = 0; position < places.size(); position++) {
            Long blobId = places.get(position).map(Descriptor::digest).map(found.blobs()::get).orElse(null);
            if (blobId != null) {
                placed.add(new PlacedBlob(position, blobId));
            }
        }
        return placed;
    }

    byte[][] childDigests() {
        return manifest.manifests().stream()
                .map(child -> Digests.toBytes(child.digest()))
                .toArray(byte[][]::new);
    }

    String[] tagNames() {
        return tags.stream().map(Tag::value).toArray(String[]::new);
    }

    /** As JSON, null if there are none. */
    String annotationsJson() {
        Map<String, String> annotations = manifest.annotations();
        if (annotations.isEmpty()) {
            return null;
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> annotation : annotations.entrySet()) {
                json.writeStringField(annotation.getKey(), annotation.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    /** Config, layers and manifests, as JSON; null if nobody wants to know. */
    String contentJson() {
        return tellContent ? EventContent.of(manifest) : null;
    }
}
