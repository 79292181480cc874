package io.longshore.registry.it.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Makes manifests out of what is right, what is nearly right, and anything. */
final class StrangeManifests {
    private static final int MOST_LEVELS = 3;

    private StrangeManifests() {}

    /** The bytes of manifests, some of them broken. */
    static Arbitrary<byte[]> bytes() {
        Arbitrary<byte[]> whole = texts().map(text -> text.getBytes(StandardCharsets.UTF_8));
        return Arbitraries.frequencyOf(Tuple.of(3, whole), Tuple.of(1, whole.flatMap(StrangeManifests::mutated)));
    }

    /** Manifests that are JSON. The words in braces are those of a {@link StrangeRequest}. */
    static Arbitrary<String> texts() {
        Arbitrary<String> right = Arbitraries.of(
                "\"schemaVersion\":2",
                "\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"",
                "\"mediaType\":\"application/vnd.oci.image.index.v1+json\"",
                "\"mediaType\":\"application/vnd.example.thing\"",
                "\"config\":{\"mediaType\":\"application/a\",\"digest\":\"{blob}\",\"size\":4}",
                "\"layers\":[]",
                "\"layers\":[{\"mediaType\":\"application/a\",\"digest\":\"{blob}\",\"size\":4}]",
                "\"manifests\":[{\"mediaType\":\"application/a\",\"digest\":\"{manifest}\",\"size\":4}]",
                "\"subject\":{\"mediaType\":\"application/a\",\"digest\":\"{manifest}\",\"size\":4}",
                "\"artifactType\":\"application/vnd.example.sbom\"",
                "\"annotations\":{\"a\":\"b\",\"\\ud83d\\ude00\":\"\\u0001\"}");
        Arbitrary<String> names = Arbitraries.of(
                "schemaVersion", "mediaType", "config", "layers", "manifests", "subject", "artifactType", "annotations",
                "blobs", "fsLayers", "history", "signatures", "x", "", "\\u0000", "\\ud800", "mediatype");
        Arbitrary<String> strange =
                Combinators.combine(names, values(MOST_LEVELS)).as((name, value) -> "\"" + name + "\":" + value);
        return Arbitraries.frequencyOf(Tuple.of(6, right), Tuple.of(2, strange))
                .list()
                .ofMaxSize(8)
                .map(fields -> "{" + String.join(",", fields) + "}");
    }

    private static Arbitrary<String> values(int levels) {
        Arbitrary<String> simple = Arbitraries.of(
                "null", "true", "0", "1", "2", "-1", "1.5", "1e400", "9223372036854775808", "1".repeat(2000), "\"\"",
                "\"a\"",
                "\"{blob}\"", "\"{manifest}\"", "\"sha256:\"", "\"application/vnd.oci.image.index.v1+json\"",
                "\"application/vnd.docker.distribution.manifest.v1+json\"", "\"text/html\"", "\"\\u0000\"",
                "\"\\ud800\"",
                "\"\\r\\nX-A: b\"", "\"" + "x".repeat(3000) + "\"", "\"\u00e9\ud83d\ude00\"",
                "[".repeat(100) + "]".repeat(100));
        if (levels == 0) {
            return simple;
        }
        Arbitrary<String> names = Arbitraries.of(
                "mediaType", "digest", "size", "urls", "annotations", "data", "platform", "artifactType", "os", "x",
                "\\u0000");
        Arbitrary<String> inner = values(levels - 1);
        Arbitrary<String> array =
                inner.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]");
        Arbitrary<String> object = Combinators.combine(names, inner)
                .as((name, value) -> "\"" + name + "\":" + value)
                .list()
                .ofMaxSize(4)
                .map(fields -> "{" + String.join(",", fields) + "}");
        return Arbitraries.frequencyOf(Tuple.of(4, simple), Tuple.of(2, array), Tuple.of(3, object));
    }

    /** The bytes with one part of them replaced, left out or doubled. */
    static Arbitrary<byte[]> mutated(byte[] bytes) {
        Arbitrary<Integer> positions = Arbitraries.integers().between(0, bytes.length);
        Arbitrary<byte[]> pieces = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.bytes().array(byte[].class).ofMaxSize(8)),
                Tuple.of(2, Arbitraries.of("\r\n", "\n", "\0", "\u00ef\u00bb\u00bf", "\u00ff\u00fe", ",", "}", "{", ":")
                        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))));
        return Combinators.combine(positions, positions, pieces).as((one, other, piece) -> {
            byte[] start = Arrays.copyOf(bytes, one);
            byte[] end = Arrays.copyOfRange(bytes, other, bytes.length);
            byte[] joined = Arrays.copyOf(start, start.length + piece.length + end.length);
            System.arraycopy(piece, 0, joined, start.length, piece.length);
            System.arraycopy(end, 0, joined, start.length + piece.length, end.length);
            return joined;
        });
    }
}
