package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.MediaTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused as a manifest; nothing of it is stored. */
@ExtendWith(RegistryExtension.class)
@Tag("end-7a")
@Tag("code-6")
class BrokenManifestIT {
    private static final byte[] CONFIG = {'{', '}'};
    private static final String TYPE = "\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\"";

    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "broken");

    BrokenManifestIT() {
        repository.push(CONFIG);
    }

    private Reply refuses(String contentType, byte[] body) {
        Reply reply = http.put(repository.manifest("v1"))
                .header("Content-Type", contentType)
                .body(body)
                .send()
                .expectError(400, "MANIFEST_INVALID");
        http.get(repository.manifest("v1")).send().expectError(404, "MANIFEST_UNKNOWN");
        http.get(repository.manifest(TestContent.sha256(body))).send().expectError(404, "MANIFEST_UNKNOWN");
        return reply;
    }

    static Stream<Arguments> bodies() {
        String config = "\"config\":" + TestManifest.descriptor(TestManifest.CONFIG, CONFIG);
        String valid = "{" + TYPE + "," + config + ",\"layers\":[]}";
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("white space", " \n"),
                Arguments.of("no JSON", "hello"),
                Arguments.of("null", "null"),
                Arguments.of("a number", "42"),
                Arguments.of("a string", "\"manifest\""),
                Arguments.of("an array", "[" + valid + "]"),
                Arguments.of("cut off", valid.substring(0, valid.length() - 1)),
                Arguments.of("trailing text", valid + "x"),
                Arguments.of("a second object", valid + "{}"),
                Arguments.of("a comment", "/* */" + valid),
                Arguments.of("single quotes", valid.replace('"', '\'')),
                Arguments.of("a trailing comma", valid.replace("[]}", "[],}")),
                Arguments.of("a NaN", valid.replace("\"layers\":[]", "\"layers\":[],\"x\":NaN")),
                Arguments.of("a field twice", valid.replace("\"layers\":[]", "\"layers\":[],\"layers\":[]")),
                Arguments.of("an unknown field twice", valid.replace("\"layers\":[]", "\"layers\":[],\"x\":1,\"x\":2")),
                Arguments.of("a byte order mark", "\ufeff" + valid),
                Arguments.of("deep arrays", valid.replace("[]}", "[],\"x\":" + deep("[") + deep("]") + "}")),
                Arguments.of("deep objects", deep("{\"a\":") + "1" + deep("}")),
                Arguments.of("a huge number", valid.replace("[]}", "[],\"x\":" + "9".repeat(100_000) + "}")),
                Arguments.of("no config", "{" + TYPE + ",\"layers\":[]}"),
                Arguments.of("no layers", "{" + TYPE + "," + config + "}"),
                Arguments.of("layers that are no array", valid.replace("[]", "{}")),
                Arguments.of("a layer that is no object", valid.replace("[]", "[1]")),
                Arguments.of("a layer without anything", valid.replace("[]", "[{}]")),
                Arguments.of("a digest in capitals", valid.replace("sha256:", "SHA256:")),
                Arguments.of("an unknown algorithm", valid.replace("sha256:", "md5:")),
                Arguments.of("a negative size", valid.replace("\"size\":2", "\"size\":-2")),
                Arguments.of("half a size", valid.replace("\"size\":2", "\"size\":2.5")),
                Arguments.of("a size beyond 64 bits", valid.replace("\"size\":2", "\"size\":18446744073709551616")),
                Arguments.of("a size in quotes", valid.replace("\"size\":2", "\"size\":\"2\"")),
                Arguments.of("another schema version", valid.replace("\"schemaVersion\":2", "\"schemaVersion\":3")),
                Arguments.of("no schema version", valid.replace("\"schemaVersion\":2,", "")),
                Arguments.of("both kinds at once", valid.replace("[]}", "[],\"manifests\":[]}")),
                Arguments.of("annotations that are no texts", valid.replace("[]}", "[],\"annotations\":{\"a\":1}}")),
                Arguments.of("a subject that is no descriptor", valid.replace("[]}", "[],\"subject\":\"sha256:abc\"}")),
                Arguments.of("half a surrogate pair", valid.replace("[]}", "[],\"annotations\":{\"a\":\"\\ud800\"}}")),
                Arguments.of("a NUL", valid.replace("[]}", "[],\"annotations\":{\"a\":\"\\u0000\"}}")),
                Arguments.of("data of another size", valid.replace("\"size\":2", "\"size\":2,\"data\":\"e30K\"")),
                Arguments.of("data of another digest", valid.replace("\"size\":2", "\"size\":2,\"data\":\"W10=\"")),
                Arguments.of("data that is no Base64", valid.replace("\"size\":2", "\"size\":2,\"data\":\"??\"")));
    }

    private static String deep(String text) {
        return text.repeat(9000);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodies")
    void refusesABodyThatIsNoManifest(String what, String body) {
        refuses(MediaTypes.OCI_MANIFEST, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] body = TestManifest.imageJson(CONFIG).put("x", "ä").toString().getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refuses(MediaTypes.OCI_MANIFEST, body).text()).contains("UTF-8");
    }

    @Test
    void refusesUtf16() {
        refuses(MediaTypes.OCI_MANIFEST, TestManifest.image(CONFIG).text().getBytes(StandardCharsets.UTF_16LE));
    }

    @Test
    void refusesATypeOtherThanTheBodys() {
        refuses(MediaTypes.DOCKER_MANIFEST, TestManifest.image(CONFIG).bytes());
        refuses(MediaTypes.OCI_INDEX, TestManifest.image(CONFIG).bytes());
        refuses("application/vnd.example+json", TestManifest.image(CONFIG).bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "image/png", "application/x.", "text/plain"})
    void refusesTypesThatAreNoneOfAManifest(String contentType) {
        ObjectNode json = TestManifest.imageJson(CONFIG);
        json.remove("mediaType");
        String type = contentType.equals("application/x.") ? contentType + "x".repeat(200) : contentType;

        refuses(type, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @Tag("code-13")
    void refusesATypeThatIsNoMediaType() {
        Request push = http.put(repository.manifest("v1")).body(TestManifest.image(CONFIG).bytes());

        Reply reply = push.header("Content-Type", "manifest").send().expectError(400, "UNSUPPORTED");

        assertThat(reply.text()).contains("Content-Type");
    }

    @Test
    void refusesDockerSchema1AndSaysWhatToDo() {
        String unsigned = """
                {"schemaVersion":1,"name":"a/b","tag":"v1","architecture":"amd64","fsLayers":[],"history":[]}""";

        for (String type : List.of(MediaTypes.DOCKER_SCHEMA1, MediaTypes.DOCKER_SCHEMA1_SIGNED, "application/json")) {
            Reply reply = refuses(type, unsigned.getBytes(StandardCharsets.UTF_8));
            assertThat(reply.text()).contains("schema 1");
        }
    }

    @Test
    void saysWhereAManifestIsBroken() {
        String body = TestManifest.imageJson(CONFIG).toString().replace("sha256:", "sha257:");

        Reply reply = refuses(MediaTypes.OCI_MANIFEST, body.getBytes(StandardCharsets.UTF_8));

        assertThat(reply.text()).contains("/config/digest");
    }
}
