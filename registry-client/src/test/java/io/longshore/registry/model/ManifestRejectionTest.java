package io.longshore.registry.model;

import static io.longshore.registry.model.ManifestFixture.bytes;
import static io.longshore.registry.model.ManifestFixture.descriptor;
import static io.longshore.registry.model.ManifestFixture.image;
import static io.longshore.registry.model.ManifestFixture.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestRejectionTest {
    private static final String ACME = "application/vnd.acme+json";

    @ParameterizedTest
    @MethodSource({"notJson", "badFields", "badDescriptors", "badTypes", "badStructure"})
    void refusesAndSaysWhy(String json, String contentType, String reason) {
        assertThat(refusal(json.getBytes(StandardCharsets.UTF_8), contentType)).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"layers", "manifests"})
    void refusesMoreDescriptorsThanAnybodyNeeds(String field) {
        String one = descriptor("application/vnd.oci.image.layer.v1.tar", "layer");
        String most = "{\"" + field + "\":[" + (one + ",").repeat(9_999) + one;

        assertThat(Manifest.parse((most + "]}").getBytes(StandardCharsets.UTF_8), ACME).mediaType()).isEqualTo(ACME);
        assertThat(refusal((most + "," + one + "]}").getBytes(StandardCharsets.UTF_8), ACME))
                .contains("at /" + field + "/10000")
                .contains("at most 10000");
    }

    static Stream<Arguments> notJson() {
        return Stream.of(
                arguments("", null, "is not a JSON object"),
                arguments("  \n", null, "is not a JSON object"),
                arguments("[]", null, "is not a JSON object"),
                arguments("null", null, "is not a JSON object"),
                arguments("\"{}\"", null, "is not a JSON object"),
                arguments("2", null, "is not a JSON object"),
                arguments("\u0000", null, "is not JSON"),
                arguments("{", null, "read to line 1, column 2, is not JSON"),
                arguments("{\n \"a\": x", null, "read to line 2, column"),
                arguments("{} {}", ACME, "goes on after the end"),
                arguments("{},", ACME, "is not JSON"),
                arguments("{}\u0000", ACME, "is not JSON"),
                arguments("{}]", ACME, "is not JSON"),
                arguments("{\"a\":1,}", ACME, "is not JSON"),
                arguments("{\"a\":[1,]}", ACME, "is not JSON"),
                arguments("{'a':1}", ACME, "is not JSON"),
                arguments("{a:1}", ACME, "is not JSON"),
                arguments("{\"a\":01}", ACME, "is not JSON"),
                arguments("{\"a\":+1}", ACME, "is not JSON"),
                arguments("{\"a\":.5}", ACME, "is not JSON"),
                arguments("{\"a\":NaN}", ACME, "is not JSON"),
                arguments("{\"a\":\"\n\"}", ACME, "is not JSON"),
                arguments("{\"a\":\"\\x\"}", ACME, "is not JSON"),
                arguments("{\"a\":\"\\u12\"}", ACME, "is not JSON"),
                arguments("{/* */}", ACME, "is not JSON"),
                arguments("{}// ", ACME, "is not JSON"),
                arguments("{\"a\":1,\"a\":1}", ACME, "Duplicate field 'a'"),
                arguments("{\"a\":1,\"\\u0061\":1}", ACME, "Duplicate field 'a'"),
                arguments("{\"x\":[{\"y\":{\"a\":1,\"b\":2,\"a\":3}}]}", ACME, "Duplicate field 'a'"),
                arguments("{\"x\":" + "9".repeat(1001) + "}", ACME, "1000 digits"),
                arguments("{\"" + "x".repeat(50_001) + "\":1}", ACME, "50000 characters of a name"));
    }

    static Stream<Arguments> badFields() {
        return Stream.of(
                arguments("{\"config\":[]}", ACME, "at /config: must be an object"),
                arguments("{\"layers\":{}}", ACME, "at /layers: must be an array"),
                arguments("{\"layers\":[null]}", ACME, "at /layers/0: must be an object"),
                arguments("{\"manifests\":\"x\"}", ACME, "at /manifests: must be an array"),
                arguments("{\"subject\":\"sha256:00\"}", ACME, "at /subject: must be an object"),
                arguments("{\"mediaType\":2}", ACME, "at /mediaType: must be a string"),
                arguments("{\"artifactType\":[\"a/b\"]}", ACME, "at /artifactType: must be a string"),
                arguments("{\"artifactType\":\"a\\u0000b\"}", ACME, "at /artifactType: must not hold"),
                arguments("{\"artifactType\":\"a\\r\\nb\"}", ACME, "at /artifactType: must be at most 255 printable"),
                arguments("{\"artifactType\":\"ä/b\"}", ACME, "at /artifactType: must be at most 255 printable"),
                arguments("{\"artifactType\":\"" + "a".repeat(256) + "\"}", ACME, "must be at most 255 printable"),
                arguments("{\"annotations\":[]}", ACME, "at /annotations: must be an object"),
                arguments("{\"annotations\":{\"a\":1}}", ACME, "at /annotations/a: must be a string"),
                arguments("{\"annotations\":{\"a\":null}}", ACME, "at /annotations/a: must be a string"),
                arguments("{\"annotations\":{\"a/b\":{}}}", ACME, "at /annotations/a~1b: must be a string"),
                arguments("{\"annotations\":{\"a\":\"\\u0000\"}}", ACME, "at /annotations/a: must not hold"),
                arguments("{\"annotations\":{\"\\u0000\":\"\"}}", ACME, "must not hold the character NUL"),
                arguments("{\"annotations\":{\"a\":\"\\ud83d\"}}", ACME, "half of a surrogate pair"),
                arguments("{\"annotations\":{\"a\":\"\\ud83d-\"}}", ACME, "half of a surrogate pair"),
                arguments("{\"annotations\":{\"a\":\"\\udea2\\ud83d\"}}", ACME, "half of a surrogate pair"));
    }

    static Stream<Arguments> badDescriptors() {
        String digest = sha256("x").toString();
        String tooLarge = "'data' holds 2 bytes, but 'size' says 3";
        return Stream.of(
                descriptorWith("", "at /layers/1: the descriptor has no 'mediaType'"),
                descriptorWith("\"mediaType\":\"\"", "the descriptor has no 'mediaType'"),
                descriptorWith("\"mediaType\":\"a/b\"", "at /layers/1: the descriptor has no 'digest'"),
                descriptorWith("\"mediaType\":\"a/b\",\"digest\":null", "the descriptor has no 'digest'"),
                descriptorWith("\"mediaType\":\"a/b\",\"digest\":\"" + digest + "\"", "the descriptor has no 'size'"),
                descriptorWith("\"mediaType\":\"a\\u0000b\"", "at /layers/1/mediaType: must not hold"),
                descriptorWith("\"mediaType\":\"a\\nb\"", "at /layers/1/mediaType: must be at most 255 printable"),
                descriptorWith("\"digest\":\"sha256:abc\"", "at /layers/1/digest: a sha256 digest has 64 lower-case"),
                descriptorWith("\"digest\":\"" + digest.toUpperCase(Locale.ROOT) + "\"", "digest: unsupported"),
                descriptorWith("\"digest\":\"md5:" + "0".repeat(32) + "\"", "at /layers/1/digest: unsupported"),
                descriptorWith("\"digest\":\"\"", "at /layers/1/digest: a digest is written algorithm:hex"),
                descriptorWith("\"digest\":7", "at /layers/1/digest: must be a string"),
                descriptorWith("\"size\":-1", "at /layers/1/size: must be a whole number"),
                descriptorWith("\"size\":9223372036854775808", "at /layers/1/size: must be a whole number"),
                descriptorWith("\"size\":" + "9".repeat(999), "at /layers/1/size: must be a whole number"),
                descriptorWith("\"size\":1.0", "at /layers/1/size: must be a whole number"),
                descriptorWith("\"size\":1e2", "at /layers/1/size: must be a whole number"),
                descriptorWith("\"size\":1e999999999", "at /layers/1/size: must be a whole number"),
                descriptorWith("\"size\":\"1\"", "at /layers/1/size: must be a whole number"),
                descriptorWith("\"size\":{}", "at /layers/1/size: must be a whole number"),
                descriptorWith("\"urls\":\"https://a\"", "at /layers/1/urls: must be an array"),
                descriptorWith("\"urls\":[\"https://a\",1]", "at /layers/1/urls/1: must be a string"),
                descriptorWith("\"platform\":\"linux\"", "at /layers/1/platform: must be an object"),
                descriptorWith("\"platform\":{\"os\":1}", "at /layers/1/platform/os: must be a string"),
                descriptorWith("\"annotations\":{\"a\":true}", "at /layers/1/annotations/a: must be a string"),
                descriptorWith(embedded("e30=", 3), tooLarge),
                descriptorWith(embedded("e30=", 2), "'data' is not the content with the digest"),
                descriptorWith(embedded("e30", 2), "'data' is not padded Base64"),
                descriptorWith(embedded("e30=\\n", 2), "'data' is not padded Base64"),
                descriptorWith(embedded("e3!=", 2), "'data' is not padded Base64"),
                descriptorWith("\"data\":{}", "at /layers/1/data: must be a string"));
    }

    private static Arguments descriptorWith(String fields, String reason) {
        return arguments("{\"layers\":[" + descriptor("a/b", "layer") + ",{" + fields + "}]}", ACME, reason);
    }

    private static String embedded(String data, long size) {
        return "\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":%d,\"data\":\"%s\"".formatted(sha256("x"), size, data);
    }

    static Stream<Arguments> badTypes() {
        String typed = image(",\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\"");
        String grammar = "the media type of a manifest is written application/subtype";
        return Stream.of(
                arguments(typed, MediaTypes.DOCKER_MANIFEST, "disagree"),
                arguments(typed, MediaTypes.OCI_INDEX, "disagree"),
                arguments(typed, ACME, "disagree"),
                arguments("{\"mediaType\":\"application/json\"}", ACME, "disagree"),
                arguments(typed, "text/plain", grammar),
                arguments(typed, "application", grammar),
                arguments(typed, "application/", grammar),
                arguments(typed, "application/a b", grammar),
                arguments(typed, "application/a,application/b", grammar),
                arguments(typed, "application/*", grammar),
                arguments(typed, "application/a\r\nSet-Cookie: b", grammar),
                arguments(typed, "application/" + "a".repeat(128), grammar),
                arguments("{\"mediaType\":\"text/html\"}", null, "at /mediaType: " + grammar),
                arguments("{\"mediaType\":\"application/a; b\"}", null, "at /mediaType: " + grammar),
                arguments("{\"mediaType\":\"application/a\\r\\nb: c\"}", null, "at /mediaType: must be at most 255"),
                arguments("{\"mediaType\":\"application/a\\u0000\"}", null, "at /mediaType: must not hold"));
    }

    static Stream<Arguments> badStructure() {
        String config = "\"config\":" + descriptor("a/b", "config");
        String nothing = "nothing says what kind of manifest this is";
        return Stream.of(
                arguments("{}", null, nothing),
                arguments("{\"schemaVersion\":2}", "application/json", nothing),
                arguments("{\"schemaVersion\":2,\"artifactType\":\"a/b\"}", "application/octet-stream", nothing),
                arguments(image(",\"manifests\":[]"), null, "not both"),
                arguments(image(",\"manifests\":[]"), ACME, "not both"),
                arguments(image(",\"manifests\":[]"), MediaTypes.OCI_INDEX, "not both"),
                arguments("{\"schemaVersion\":2,\"layers\":[]}", null, "must have a 'config'"),
                arguments("{\"schemaVersion\":2," + config + "}", null, "must have 'layers'"),
                arguments("{\"schemaVersion\":2," + config + "}", MediaTypes.DOCKER_MANIFEST, "must have 'layers'"),
                arguments("{\"schemaVersion\":2,\"manifests\":[]}", MediaTypes.OCI_MANIFEST, "must have a 'config'"),
                arguments(image(""), MediaTypes.OCI_INDEX, "must have 'manifests'"),
                arguments(image(""), MediaTypes.DOCKER_LIST, "must have 'manifests'"),
                arguments(image("").replace(":2,", ":3,"), null, "'schemaVersion' must be 2"),
                arguments(image("").replace(":2,", ":\"2\","), null, "'schemaVersion' must be 2"),
                arguments(image("").replace(":2,", ":2.0,"), null, "'schemaVersion' must be 2"),
                arguments(image("").replace(":2,", ":[2],"), null, "'schemaVersion' must be 2"),
                arguments(image("").replace(":2,", ":null,"), null, "'schemaVersion' must be 2"),
                arguments("{\"manifests\":[]}", null, "'schemaVersion' must be 2"),
                arguments("{\"manifests\":[]}", "application/vnd.OCI.image.index.v1+JSON", "'schemaVersion' must"));
    }

    @Test
    void refusesDockerSchema1InAllItsForms() {
        String advice = "schema 1 manifests are not supported: push with a current client";
        byte[] schema1 = bytes("docker-schema1");

        assertThat(refusal(schema1, null)).contains(advice);
        assertThat(refusal(schema1, MediaTypes.DOCKER_SCHEMA1)).contains(advice);
        assertThat(refusal(schema1, MediaTypes.DOCKER_SCHEMA1_SIGNED + "; charset=utf-8")).contains(advice);
        assertThat(refusal(schema1, MediaTypes.DOCKER_MANIFEST)).contains(advice);
        assertThat(refusal(schema1, ACME)).contains(advice);
        assertThat(refusal("{}".getBytes(StandardCharsets.UTF_8), MediaTypes.DOCKER_SCHEMA1)).contains(advice);
        assertThat(refusal("{\"schemaVersion\":1}".getBytes(StandardCharsets.UTF_8), null)).contains(advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void refusesOtherEncodings(String charset) {
        assertThat(refusal(image("").getBytes(Charset.forName(charset)), null)).contains("the manifest");
    }

    @Test
    void refusesAByteOrderMark() {
        assertThat(refusal(("\uFEFF" + image("")).getBytes(StandardCharsets.UTF_8), null))
                .contains("begins with a byte order mark");
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFF, 0x80, 0xC080, 0xC3, 0xEDA0BD, 0xF4908080})
    void refusesWhatIsNotUtf8EvenWhereNobodyLooks(int sequence) {
        StringBuilder latin = new StringBuilder();
        for (int shift = 24; shift >= 0; shift -= 8) {
            if (sequence >>> shift != 0) {
                latin.append((char) (sequence >>> shift & 0xFF));
            }
        }
        byte[] json = image(",\"x\":\"" + latin + "\"").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refusal(json, null)).contains("not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 1000, 100_000, 2_000_000})
    void refusesDeepNesting(int levels) {
        String arrays = "{\"x\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
        String objects = "{\"config\":" + "{\"x\":".repeat(levels) + "1" + "}".repeat(levels) + "}";
        String open = "{\"layers\":" + "[".repeat(levels);

        assertThat(refusal(arrays.getBytes(StandardCharsets.UTF_8), ACME)).contains("64 levels of nesting");
        assertThat(refusal(objects.getBytes(StandardCharsets.UTF_8), ACME)).contains("64 levels of nesting");
        assertThat(refusal(open.getBytes(StandardCharsets.UTF_8), ACME)).startsWith("the manifest");
    }

    @Test
    void quotesNoMoreThanAFewWordsOfTheInput() {
        String json = "{\"annotations\":{\"" + "\\u0007x".repeat(20_000) + "\":1}}";
        assertThat(refusal(json.getBytes(StandardCharsets.UTF_8), ACME)).hasSizeLessThan(500).doesNotContain("\u0007");
    }

    /** The message with which a manifest is refused; every refusal has the same kind and code. */
    private static String refusal(byte[] bytes, String contentType) {
        RegistryException.Invalid refusal =
                catchThrowableOfType(RegistryException.Invalid.class, () -> Manifest.parse(bytes, contentType));
        assertThat(refusal).isNotNull();
        assertThat(refusal.kind()).isEqualTo(RegistryException.Kind.INVALID);
        assertThat(refusal.errors()).singleElement()
                .extracting(RegistryException.Error::code).isEqualTo(ErrorCode.MANIFEST_INVALID);
        return refusal.getMessage();
    }
}
