package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.IndexText;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeveralTagsTest {
    private static final RawManifest MANIFEST = manifest(DigestAlgorithm.SHA256);
    private static final String PUT = "PUT /v2/a/b/manifests/";
    private static final Reply STORED = status(201);

    private final TestRegistry registry = new TestRegistry();
    private final Manifests manifests = registry.repository().manifests();

    @AfterEach
    void stop() {
        registry.close();
    }

    private static RawManifest manifest(DigestAlgorithm algorithm) {
        return RawManifest.of(MediaTypes.OCI_INDEX, algorithm, TestRegistry.utf8(IndexText.EMPTY));
    }

    private static List<Tag> tags(String... tags) {
        return Stream.of(tags).map(Tag::parse).toList();
    }

    @Test
    void setsSeveralTagsWithOneRequest() throws IOException {
        registry.server().then(STORED.with("OCI-Tag", "v1, v1.2").with("OCI-Tag", "latest"));

        StoredManifest stored = manifests.put(MANIFEST, tags("v1", "v1.2", "latest", "v1"));

        assertThat(stored).isEqualTo(new StoredManifest(MANIFEST.digest(), Optional.empty(), false));
        assertThat(registry.asked()).containsExactly(PUT + MANIFEST.digest() + "?tag=v1&tag=v1.2&tag=latest");
        assertThat(registry.server().seen().get(0).body()).isEqualTo(MANIFEST.bytes());
    }

    @Test
    void setsEachTagByItselfThatIsNotConfirmed() throws IOException {
        registry.server().then(STORED.with("OCI-Tag", "b"), STORED, STORED, STORED);

        manifests.put(MANIFEST, tags("a", "b", "c"));

        assertThat(registry.asked())
                .containsExactly(PUT + MANIFEST.digest() + "?tag=a&tag=b&tag=c", PUT + "a", PUT + "c");
    }

    @Test
    void setsEachTagByItselfWhereTheAddressGetsTooLong() throws IOException {
        registry.server().then(error(414, "TAG_INVALID", "too many"), STORED, STORED);

        manifests.put(MANIFEST, tags("a", "b"));

        assertThat(registry.asked()).endsWith(PUT + "a", PUT + "b");
    }

    @Test
    void setsMoreThanTenTagsInSeveralRequests() throws IOException {
        List<String> names = IntStream.range(0, 12).mapToObj(i -> "v" + i).toList();
        registry.server().then(
                STORED.with("OCI-Tag", String.join(",", names.subList(0, 10))), STORED.with("OCI-Tag", "v10,v11"));

        manifests.put(MANIFEST, tags(names.toArray(String[]::new)));

        assertThat(registry.asked()).hasSize(2).last().isEqualTo(PUT + MANIFEST.digest() + "?tag=v10&tag=v11");
    }

    @Test
    void setsOneTagAsAnyRegistryKnowsIt() throws IOException {
        registry.server().then(STORED);

        manifests.put(MANIFEST, tags("v1"));

        assertThat(registry.asked()).containsExactly(PUT + "v1");
    }

    @Test
    void setsNoTagAtAll() throws IOException {
        registry.server().then(STORED);

        manifests.put(MANIFEST, List.of());

        assertThat(registry.asked()).containsExactly(PUT + MANIFEST.digest());
    }

    @Test
    void storesAManifestUnderAnotherAlgorithmThanTagsHave() throws IOException {
        RawManifest long512 = manifest(DigestAlgorithm.SHA512);
        registry.server().then(STORED, STORED.with("Docker-Content-Digest", MANIFEST.digest().toString()));

        assertThat(manifests.put(long512, tags("v1")).digest()).isEqualTo(long512.digest());
        assertThat(registry.asked()).containsExactly(PUT + long512.digest() + "?tag=v1", PUT + "v1");
    }

    @Test
    void saysWhyATagIsRefused() {
        registry.server().then(STORED, STORED, error(409, "UNKNOWN", "TAG_IMMUTABLE"));

        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> manifests.put(MANIFEST, tags("a", "b")))
                .withMessage("TAG_IMMUTABLE");
    }
}
