package io.longshore.registry.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import java.util.Random;

/** Content of upstreams that only the arguments determine. */
final class Images {
    private Images() {}

    static byte[] layer(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static Digest digest(byte[] bytes) {
        return Digest.of(DigestAlgorithm.SHA256, bytes);
    }

    /** An image of one layer. */
    static byte[] manifest(byte[] layer, String note) {
        return """
                {"schemaVersion":2,"mediaType":"%1$s",
                 "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%2$s","size":2},
                 "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%3$s","size":%4$d}],
                 "annotations":{"note":"%5$s"}}""".formatted(
                MediaTypes.OCI_MANIFEST, digest("{}".getBytes(UTF_8)), digest(layer), layer.length, note)
                .getBytes(UTF_8);
    }
}
