package io.longshore.registry.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Collectors;

/** An OCI image manifest, as the bytes that are pushed, with its digest. Immutable. */
record Manifest(String digest, byte[] json, List<Blob> layers) {

    static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

    private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar";
    private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";

    /** An image; the number, which stands in an annotation, tells it from others of the same blobs. */
    static Manifest image(Blob config, List<Blob> layers, long number) {
        return of(config, layers, "", number);
    }

    /** An image that refers to another manifest as its subject. */
    static Manifest referrer(Manifest subject, Blob config, List<Blob> layers, long number) {
        String descriptor = descriptor(TYPE, subject.digest, subject.json.length);
        return of(config, layers, "\"subject\":" + descriptor + ",", number);
    }

    ByteBuffer body() {
        return ByteBuffer.wrap(json);
    }

    private static Manifest of(Blob config, List<Blob> layers, String subject, long number) {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + TYPE + "\","
                + "\"config\":" + descriptor(CONFIG_TYPE, config.digest(), config.size()) + ","
                + "\"layers\":[" + layers.stream()
                        .map(layer -> descriptor(LAYER_TYPE, layer.digest(), layer.size()))
                        .collect(Collectors.joining(",")) + "],"
                + subject + "\"annotations\":{\"number\":\"" + number + "\"}}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = BlobSource.sha256();
        digest.update(bytes);
        return new Manifest(BlobSource.text(digest), bytes, List.copyOf(layers));
    }

    private static String descriptor(String type, String digest, long size) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }
}
