package io.longshore.registry.it.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import java.util.ArrayList;
import java.util.List;

/** A Linux image for one architecture, in OCI format, made of bytes that only the arguments determine. */
record TestImage(String architecture, Blob config, List<TestLayer> layers, Blob manifest) {
    private static final String OCI_CONFIG = "application/vnd.oci.image.config.v1+json";

    static TestImage of(String architecture, TestLayer... layers) {
        Blob config = Blob.of(OCI_CONFIG, config(architecture, List.of(layers)));
        Blob manifest = Blob.of(MediaTypes.OCI_MANIFEST, manifest(config, List.of(layers)));
        return new TestImage(architecture, config, List.of(layers), manifest);
    }

    /** An image for amd64 with two small layers. */
    static TestImage small(long seed) {
        return small("amd64", seed);
    }

    static TestImage small(String architecture, long seed) {
        return of(architecture, TestLayer.random(seed, 3_000), TestLayer.random(seed + 1, 50_000));
    }

    Digest digest() {
        return manifest.digest();
    }

    /** Config and layers, in the order in which a client pushes them before the manifest. */
    List<Blob> blobs() {
        List<Blob> blobs = new ArrayList<>(layers.stream().map(TestLayer::blob).toList());
        blobs.add(config);
        return blobs;
    }

    private static ObjectNode config(String architecture, List<TestLayer> layers) {
        ObjectNode config = JsonNodeFactory.instance
                .objectNode()
                .put("created", "2020-01-01T00:00:00Z")
                .put("architecture", architecture)
                .put("os", "linux");
        config.putObject("config").putArray("Cmd").add("/nothing");
        ObjectNode rootfs = config.putObject("rootfs").put("type", "layers");
        ArrayNode diffIds = rootfs.putArray("diff_ids");
        ArrayNode history = config.putArray("history");
        for (TestLayer layer : layers) {
            diffIds.add(layer.diffId().toString());
            history.addObject().put("created_by", "a test");
        }
        return config;
    }

    private static ObjectNode manifest(Blob config, List<TestLayer> layers) {
        ObjectNode manifest = JsonNodeFactory.instance
                .objectNode()
                .put("schemaVersion", 2)
                .put("mediaType", MediaTypes.OCI_MANIFEST);
        manifest.set("config", config.descriptor());
        ArrayNode descriptors = manifest.putArray("layers");
        layers.forEach(layer -> descriptors.add(layer.blob().descriptor()));
        return manifest;
    }
}
