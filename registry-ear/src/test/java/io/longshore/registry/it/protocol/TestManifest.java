package io.longshore.registry.it.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.nio.charset.StandardCharsets;

/**
 * A manifest as a client would push it.
 *
 * @param mediaType the {@code Content-Type} that it is pushed with
 */
public record TestManifest(String mediaType, byte[] bytes) {
    static final String CONFIG = "application/vnd.example.config.v1+json";
    static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

    public static TestManifest of(String mediaType, String json) {
        return new TestManifest(mediaType, json.getBytes(StandardCharsets.UTF_8));
    }

    /** The manifest that is this JSON, under the type that stands in it. */
    public static TestManifest of(ObjectNode json) {
        return of(json.path("mediaType").textValue(), json.toString());
    }

    /** An OCI image manifest. */
    public static TestManifest image(byte[] config, byte[]... layers) {
        return of(imageJson(config, layers));
    }

    /** An OCI image manifest, to be changed before it is pushed. */
    public static ObjectNode imageJson(byte[] config, byte[]... layers) {
        ObjectNode json = json(MediaTypes.OCI_MANIFEST);
        json.set("config", descriptor(CONFIG, config));
        ArrayNode array = json.putArray("layers");
        for (byte[] layer : layers) {
            array.add(descriptor(LAYER, layer));
        }
        return json;
    }

    /** An OCI index. */
    public static TestManifest index(TestManifest... children) {
        return of(indexJson(children));
    }

    /** An OCI index, to be changed before it is pushed. */
    public static ObjectNode indexJson(TestManifest... children) {
        ObjectNode json = json(MediaTypes.OCI_INDEX);
        ArrayNode array = json.putArray("manifests");
        for (TestManifest child : children) {
            array.add(child.descriptor());
        }
        return json;
    }

    /** A manifest with nothing but its type. */
    public static ObjectNode json(String mediaType) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", 2)
                .put("mediaType", mediaType);
    }

    public static ObjectNode descriptor(String mediaType, byte[] content) {
        return descriptor(mediaType, TestContent.sha256(content), content.length);
    }

    public static ObjectNode descriptor(String mediaType, Digest digest, long size) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("mediaType", mediaType)
                .put("digest", digest.toString())
                .put("size", size);
    }

    /** How other manifests name this one. */
    public ObjectNode descriptor() {
        return descriptor(mediaType, bytes);
    }

    public Digest digest() {
        return TestContent.sha256(bytes);
    }

    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return mediaType + ' ' + digest();
    }
}
