package io.longshore.registry.it.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import java.nio.charset.StandardCharsets;

/** Bytes with the type and the digest that a descriptor gives them: a layer, a config or a manifest. */
record Blob(String mediaType, Digest digest, byte[] bytes) {

    static Blob of(String mediaType, byte[] bytes) {
        return new Blob(mediaType, Digest.of(DigestAlgorithm.SHA256, bytes), bytes);
    }

    static Blob of(String mediaType, JsonNode json) {
        return of(mediaType, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    ObjectNode descriptor() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("mediaType", mediaType)
                .put("digest", digest.toString())
                .put("size", bytes.length);
    }

    @Override
    public String toString() {
        return mediaType + ' ' + digest;
    }
}
