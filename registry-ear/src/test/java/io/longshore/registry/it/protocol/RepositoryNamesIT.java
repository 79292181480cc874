package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import io.longshore.registry.model.Digest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RegistryExtension.class)
class RepositoryNamesIT {
    private final Http http = Http.target();

    /** Takes everything through its paces in a repository of this name, to which something unique is added. */
    private void works(String name) {
        Repository repository = new Repository(http, name);
        byte[] config = TestContent.bytes(20);
        Digest digest = TestContent.sha256(config);
        Upload.start(http, repository).append(0, config).finish(digest, config);
        TestManifest image = TestManifest.image(config);
        repository.push("latest", image);

        assertThat(http.get(repository.manifest("latest")).send().expect(200).body()).isEqualTo(image.bytes());
        assertThat(http.get(repository.manifest(image.digest())).send().expect(200).body()).isEqualTo(image.bytes());
        Reply tags = http.get(repository.path("tags/list")).send().expect(200);
        assertThat(tags.json().path("name").textValue()).isEqualTo(name);
        assertThat(tags.strings("tags")).containsExactly("latest");
        http.get(repository.path("referrers/" + image.digest())).send().expect(200);
        http.delete(repository.manifest("latest")).send().expect(202);
        http.delete(repository.manifest(image.digest())).send().expect(202);
        http.delete(repository.blob(digest)).send().expect(202);
    }

    private static String unique() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blobs", "manifests", "tags", "uploads", "referrers", "list", "v2", "tags/list", "blobs/uploads",
                "manifests/latest", "a/blobs/b/manifests/c", "uploads/blobs", "referrers/tags/list",
                "blobs/uploads/blobs/uploads"
            })
    void takesTheWordsOfTheApiAsComponents(String words) {
        works(words + '/' + unique());
        works(unique() + '/' + words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a_b", "a__b", "a-b", "a--b", "a---b", "0", "1.2.3", "a0.b1_c2__d3-e4/f/g/h/i"})
    void takesTheSeparatorsOfTheGrammar(String name) {
        works(name + '/' + unique());
    }

    @Test
    void takesOneComponentAndManyAndTheLongest() {
        works(unique());
        works(unique() + "/a".repeat(100));
        works(unique() + "/" + "x".repeat(238));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPPER", "a/B", "-a", "a-", "a_", "_a", "a___b", "a..b", ".a", "a.", "a._b", "a b", "a+b", "a:b", "a@b",
                "ü", "a/-b", "a\\b", "a*", "_catalog", "a\0b", "a\tb", "a\u202eb"
            })
    @Tag("code-8")
    void refusesNamesOutsideTheGrammar(String name) {
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20").replace("%2F", "/");
        Repository repository = new Repository(http, encoded);
        Digest digest = TestContent.unknownDigest();

        http.get(repository.path("tags/list")).send().expectError(400, "NAME_INVALID");
        http.get(repository.manifest("latest")).send().expectError(400, "NAME_INVALID");
        http.put(repository.manifest("latest")).body("{}").send().expectError(400, "NAME_INVALID");
        http.delete(repository.manifest("latest")).send().expectError(400, "NAME_INVALID");
        http.get(repository.blob(digest)).send().expectError(400, "NAME_INVALID");
        http.delete(repository.blob(digest)).send().expectError(400, "NAME_INVALID");
        http.post(repository.uploads()).send().expectError(400, "NAME_INVALID");
        http.post(repository.uploads() + "?digest=" + digest).body("x").send().expectError(400, "NAME_INVALID");
        http.get(repository.uploads() + "x").send().expectError(400, "NAME_INVALID");
        http.get(repository.path("referrers/" + digest)).send().expectError(400, "NAME_INVALID");
    }

    @Test
    @Tag("code-8")
    void refusesANameOfOneCharacterTooMany() {
        http.get("/v2/" + "x".repeat(256) + "/tags/list").send().expectError(400, "NAME_INVALID");
    }

    @Test
    void takesTheSlashesOfANameEncoded() {
        String name = "encoded/" + unique();
        new Repository(http, name).push(TestContent.bytes(1));

        Reply reply = http.get("/v2/" + name.replace("/", "%2F") + "/tags/list").send().expect(200);

        assertThat(reply.json().path("name").textValue()).isEqualTo(name);
    }
}
