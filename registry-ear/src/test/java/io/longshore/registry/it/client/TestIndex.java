package io.longshore.registry.it.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.util.List;

/** An OCI image index of images for several architectures. */
record TestIndex(List<TestImage> images, Blob manifest) {

    static TestIndex of(TestImage... images) {
        ObjectNode index = JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode manifests = index.putArray("manifests");
        for (TestImage image : images) {
            ObjectNode descriptor = image.manifest().descriptor();
            descriptor.putObject("platform").put("architecture", image.architecture()).put("os", "linux");
            manifests.add(descriptor);
        }
        return new TestIndex(List.of(images), Blob.of(MediaTypes.OCI_INDEX, index));
    }

    /** An index of a small image each for amd64 and arm64. */
    static TestIndex small(long seed) {
        return of(TestImage.small("amd64", seed), TestImage.small("arm64", seed + 1_000));
    }

    Digest digest() {
        return manifest.digest();
    }
}
