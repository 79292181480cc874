package io.longshore.registry.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Manifests as clients push them, and the pieces that tests build others from. */
final class ManifestFixture {
    /** The ones that a registry must take. */
    static final List<String> ACCEPTED = List.of(
            "artifact-empty-config",
            "artifact-with-subject",
            "cosign-signature",
            "docker-list",
            "docker-schema2",
            "embedded-data",
            "helm-chart",
            "nested-index",
            "oci-artifact-manifest",
            "oci-image",
            "oci-index",
            "sha512-references",
            "windows-foreign-layers");

    private ManifestFixture() {}

    static byte[] bytes(String name) {
        try (InputStream in = ManifestFixture.class.getResourceAsStream("/manifests/" + name + ".json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifest parsed(String name) {
        return Manifest.parse(bytes(name), null);
    }

    static Manifest parse(String json, String contentType) {
        return Manifest.parse(json.getBytes(StandardCharsets.UTF_8), contentType);
    }

    /** The digest of the UTF-8 bytes of a text. */
    static Digest sha256(String content) {
        return Digest.of(DigestAlgorithm.SHA256, content.getBytes(StandardCharsets.UTF_8));
    }

    static Digest sha512(String content) {
        return Digest.of(DigestAlgorithm.SHA512, content.getBytes(StandardCharsets.UTF_8));
    }

    /** The JSON of a descriptor of content that no other name gives. */
    static String descriptor(String mediaType, String content) {
        return """
                {"mediaType":"%s","digest":"%s","size":7}""".formatted(mediaType, sha256(content));
    }

    /** The JSON of an OCI image manifest without media type; what follows stands before its last brace. */
    static String image(String more) {
        return """
                {"schemaVersion":2,"config":%s,"layers":[%s]%s}"""
                .formatted(
                        descriptor("application/vnd.oci.image.config.v1+json", "config"),
                        descriptor("application/vnd.oci.image.layer.v1.tar", "layer"),
                        more);
    }
}
