package io.longshore.registry.client.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What an archive must know of the configuration of an image (OCI image-spec, Image Configuration). */
final class ImageConfig {
    /** As much as is to be expected, and more: labels and history are in there. */
    static final int LONGEST = 16 << 20;

    static final String DOCKER_TYPE = "application/vnd.docker.container.image.v1+json";
    static final String OCI_TYPE = "application/vnd.oci.image.config.v1+json";

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private ImageConfig() {}

    /**
     * The digests of the layers without compression, the lowest first.
     *
     * @throws IOException if it is no configuration of an image
     */
    static List<Digest> diffIds(byte[] config) throws IOException {
        List<Digest> diffIds = new ArrayList<>();
        try (JsonParser json = JSON.createParser(config)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("the configuration of the image is no JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isRoot = json.currentName().equals("rootfs");
                if (json.nextToken() == JsonToken.START_OBJECT && isRoot) {
                    root(json, diffIds);
                } else {
                    json.skipChildren();
                }
            }
        } catch (JsonProcessingException e) {
            throw new IOException("the configuration of the image is not JSON: " + e.getOriginalMessage(), e);
        } catch (RegistryException.Invalid e) {
            throw new IOException("the configuration of the image has a diff_id that is none: " + e.getMessage(), e);
        }
        return diffIds;
    }

    private static void root(JsonParser json, List<Digest> diffIds) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isList = json.currentName().equals("diff_ids");
            if (json.nextToken() != JsonToken.START_ARRAY || !isList) {
                json.skipChildren();
                continue;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                diffIds.add(Digest.parse(json.getText()));
            }
        }
    }
}
