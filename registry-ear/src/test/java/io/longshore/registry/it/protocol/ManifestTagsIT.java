package io.longshore.registry.it.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryExtension;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several tags with one push. */
@ExtendWith(RegistryExtension.class)
@Tag("end-7b")
class ManifestTagsIT {
    private final Http http = Http.target();
    private final Repository repository = Repository.fresh(http, "tags");

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40, 100})
    void setsAllTagsOfAPush(int count) {
        TestManifest image = repository.newImage();
        List<String> tags = IntStream.range(0, count).mapToObj(i -> "1.%03d".formatted(i)).toList();

        Reply reply = repository.put(image.digest() + query(tags), image).send().expect(201);

        assertThat(tagsOf(reply)).isEqualTo(tags);
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(image.digest().toString());
        assertThat(http.get(repository.path("tags/list")).send().strings("tags")).isEqualTo(tags);
        for (String tag : tags) {
            assertThat(http.head(repository.manifest(tag)).send().expect(200).header("Docker-Content-Digest"))
                    .isEqualTo(image.digest().toString());
        }
    }

    @Test
    void setsTagsOfASha512Push() {
        TestManifest image = repository.newImage();
        String sha512 = TestContent.sha512(image.bytes()).toString();

        Reply reply = repository.put(sha512 + "?tag=a&tag=b", image).send().expect(201);

        assertThat(tagsOf(reply)).containsExactly("a", "b");
        assertThat(http.head(repository.manifest("a")).send().header("Docker-Content-Digest")).isEqualTo(sha512);
    }

    @Test
    void movesTagsThatWereThere() {
        TestManifest first = repository.pushImage("a");
        TestManifest second = repository.newImage();

        repository.put(second.digest() + "?tag=a&tag=b", second).send().expect(201);

        assertThat(http.get(repository.manifest("a")).send().body()).isEqualTo(second.bytes());
        assertThat(http.get(repository.manifest("b")).send().body()).isEqualTo(second.bytes());
        assertThat(http.get(repository.manifest(first.digest())).send().body()).isEqualTo(first.bytes());
    }

    @Test
    void takesATagThatIsNamedTwiceOnce() {
        TestManifest image = repository.newImage();

        Reply reply = repository.put(image.digest() + "?tag=a&tag=a", image).send().expect(201);

        assertThat(tagsOf(reply)).containsExactly("a");
    }

    @Test
    void setsNoneWhereOneIsInvalid() {
        TestManifest before = repository.pushImage("b");
        TestManifest image = repository.newImage();

        repository.put(image.digest() + "?tag=a&tag=b&tag=-c", image).send().expectError(400, "TAG_INVALID");

        http.get(repository.manifest(image.digest())).send().expectError(404, "MANIFEST_UNKNOWN");
        http.get(repository.manifest("a")).send().expectError(404, "MANIFEST_UNKNOWN");
        assertThat(http.get(repository.manifest("b")).send().body()).isEqualTo(before.bytes());
    }

    @Test
    void setsNoneWhereTheManifestIsIncomplete() {
        TestManifest image = TestManifest.image(TestContent.bytes(5));

        repository.put(image.digest() + "?tag=a&tag=b", image).send().expectError(404, "MANIFEST_BLOB_UNKNOWN");

        http.get(repository.manifest("a")).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void setsNoneWhereTheDigestIsWrong() {
        TestManifest image = repository.newImage();

        repository.put(TestContent.unknownDigest() + "?tag=a", image).send().expectError(400, "DIGEST_INVALID");

        http.get(repository.manifest("a")).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void refusesTagsWithAPushByTag() {
        TestManifest image = repository.newImage();

        repository.put("a?tag=b", image).send().expectError(400, "TAG_INVALID");

        http.get(repository.manifest(image.digest())).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void refusesMoreTagsThanAnAddressHolds() {
        TestManifest image = repository.newImage();
        List<String> tags = IntStream.range(0, 100).mapToObj(i -> "%03d".formatted(i).repeat(40)).toList();

        repository.put(image.digest() + query(tags), image).send().expectError(414, "NAME_INVALID");

        http.get(repository.manifest(image.digest())).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    @Test
    void refusesMoreTagsThanItTakesAndSetsNone() {
        TestManifest image = repository.newImage();
        List<String> tags = IntStream.range(0, 150).mapToObj(i -> "t" + i).toList();

        repository.put(image.digest() + query(tags), image).send().expectError(414, "TAG_INVALID");

        http.get(repository.manifest(image.digest())).send().expectError(404, "MANIFEST_UNKNOWN");
    }

    private static List<String> tagsOf(Reply reply) {
        return reply.values("OCI-Tag").stream()
                .flatMap(value -> Stream.of(value.split(", ")))
                .toList();
    }

    private static String query(List<String> tags) {
        return tags.stream().map(tag -> "tag=" + tag).collect(Collectors.joining("&", "?", ""));
    }
}
