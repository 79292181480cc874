package io.longshore.registry.manifest;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A manifest to push, which needs no blobs. Immutable. */
public final class TestManifest {
    /** The type of those that are no index. */
    public static final String ARTIFACT = "application/vnd.example.artifact.v1+json";

    private final List<String> fields;

    private TestManifest(List<String> fields) {
        this.fields = fields;
    }

    /** An artifact whose only content is a note that tells it from others. */
    public static TestManifest artifact(String note) {
        return new TestManifest(List.of(field("mediaType", ARTIFACT), field("note", note)));
    }

    /** An index of other manifests. */
    public static TestManifest index(TestManifest... children) {
        String descriptors = Stream.of(children).map(TestManifest::descriptor).collect(Collectors.joining(","));
        return new TestManifest(List.of(
                "\"schemaVersion\":2",
                field("mediaType", MediaTypes.OCI_INDEX),
                "\"manifests\":[" + descriptors + "]"));
    }

    public TestManifest ofType(String artifactType) {
        return with(field("artifactType", artifactType));
    }

    public TestManifest about(Digest subject) {
        return with("\"subject\":{" + field("mediaType", MediaTypes.OCI_MANIFEST) + ","
                + field("digest", subject.toString()) + ",\"size\":1}");
    }

    public TestManifest annotated(Map<String, String> annotations) {
        return with(annotations.entrySet().stream()
                .map(entry -> field(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(",", "\"annotations\":{", "}")));
    }

    private TestManifest with(String field) {
        return new TestManifest(Stream.concat(fields.stream(), Stream.of(field)).toList());
    }

    public byte[] bytes() {
        return ("{" + String.join(",", fields) + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** Its SHA-256 digest. */
    public Digest digest() {
        return Digest.of(DigestAlgorithm.SHA256, bytes());
    }

    private String descriptor() {
        return "{" + field("mediaType", ARTIFACT) + "," + field("digest", digest().toString()) + ",\"size\":"
                + bytes().length + "}";
    }

    private static String field(String name, String value) {
        return '"' + name + "\":\"" + value + '"';
    }
}
