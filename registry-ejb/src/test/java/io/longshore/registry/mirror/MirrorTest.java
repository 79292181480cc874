package io.longshore.registry.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MirrorTest {
    private static final Duration LONG = Duration.ofHours(1);
    private static final Tag V1 = Tag.parse("v1");

    private final TestDatabase postgres = TestDatabase.fresh();
    private final FakeUpstream upstream = new FakeUpstream();
    private final byte[] layer = Images.layer(7, 200_000);

    @TempDir
    private Path folder;

    private TestMirror mirror;
    private Digest layerDigest;
    private Digest image;

    @BeforeEach
    void start() {
        layerDigest = upstream.blob("team/app", layer);
        image = upstream.manifest("team/app", "v1", MediaTypes.OCI_MANIFEST, Images.manifest(layer, "1"));
        mirror = mirror(LONG);
    }

    @AfterEach
    void stop() {
        mirror.close();
        upstream.close();
        postgres.close();
    }

    private TestMirror mirror(Duration tagLifetime) {
        return new TestMirror(
                postgres.database(), new MemoryBlobStore(), folder,
                TestMirror.upstream("hub", upstream.url(), "hub", tagLifetime));
    }

    @Test
    void servesWhatTheUpstreamHasByteForByte() throws IOException {
        assertThat(mirror.manifest("hub/team/app", V1).content().content()).isEqualTo(Images.manifest(layer, "1"));
        assertThat(mirror.manifest("hub/team/app", V1).content().mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(mirror.blob("hub/team/app", layerDigest)).isEqualTo(layer);
    }

    @Test
    void asksTheUpstreamForEachOnce() throws IOException {
        for (int i = 0; i < 3; i++) {
            mirror.manifest("hub/team/app", V1);
            mirror.manifest("hub/team/app", image);
            mirror.blob("hub/team/app", layerDigest);
        }

        assertThat(upstream.asked()).containsExactly(
                "GET /v2/team/app/manifests/v1", "GET /v2/team/app/blobs/" + layerDigest);
    }

    @Test
    void leavesRepositoriesOfItsOwnAlone() {
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> mirror.manifest("team/app", V1));
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> mirror.manifest("hubble/team/app", V1));
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> mirror.blob("team/app", layerDigest));
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void knowsSizesWithoutFetching() {
        RepositoryName repository = RepositoryName.parse("hub/team/app");

        assertThat(mirror.mirror.sizeOf(repository, layerDigest)).isEqualTo(layer.length);
        mirror.manifest("hub/team/app", V1);
        assertThat(mirror.mirror.sizeOf(repository, layerDigest)).isEqualTo(layer.length);

        assertThat(upstream.asked()).containsExactly(
                "HEAD /v2/team/app/blobs/" + layerDigest, "GET /v2/team/app/manifests/v1");
    }

    @Test
    void readsFromAnyPlaceOfWhatIsNotHereYet() throws IOException {
        byte[] end = mirror.blob("hub/team/app", layerDigest, layer.length - 100);

        assertThat(end).isEqualTo(Arrays.copyOfRange(layer, layer.length - 100, layer.length));
    }

    @Test
    void refusesToBePushedTo() {
        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> mirror.mirror.requirePushable(RepositoryName.parse("hub/team/app")));
        mirror.mirror.requirePushable(RepositoryName.parse("team/app"));
    }
}
