package io.longshore.registry.it.mirror;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.Repository;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts content into a repository of another registry. */
final class Upstream {
    static final Tag V1 = Tag.parse("v1");

    private final Repository repository;

    Upstream(RegistryClient registry, String repository) {
        this.repository = registry.repository(RepositoryName.parse(repository));
    }

    static Upstream of(DockerRegistry registry, String repository) {
        return new Upstream(RegistryClient.builder(registry.url().getAuthority()).build(), repository);
    }

    /** The same bytes for the same seed. */
    static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    Repository repository() {
        return repository;
    }

    Digest blob(byte[] content) throws IOException {
        return repository.blobs().push(content).digest();
    }

    /** An image of these layers, called {@link #V1}. */
    Digest image(byte[]... layers) throws IOException {
        List<String> descriptors = new ArrayList<>();
        for (byte[] layer : layers) {
            descriptors.add(descriptor("application/vnd.oci.image.layer.v1.tar", layer));
        }
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + descriptor("application/vnd.oci.empty.v1+json", config) + ",\"layers\":["
                + String.join(",", descriptors) + "]}").getBytes(StandardCharsets.UTF_8);
        return repository.manifests().put(V1, MediaTypes.OCI_MANIFEST, manifest);
    }

    private String descriptor(String type, byte[] content) throws IOException {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + blob(content) + "\",\"size\":" + content.length + "}";
    }
}
