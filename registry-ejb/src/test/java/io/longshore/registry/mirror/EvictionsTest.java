package io.longshore.registry.mirror;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.config.DataSize;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.model.Tag;
import io.longshore.registry.storage.BlobLostException;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was fetched goes when nobody pulls it, when it is too much, and when an administrator says so. */
class EvictionsTest {
    private static final String REPOSITORY = "hub/app";
    private static final RepositoryName NAME = RepositoryName.parse(REPOSITORY);
    private static final Tag V1 = Tag.parse("v1");
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final int LAYER_BYTES = 700_000;

    private final TestDatabase postgres = TestDatabase.fresh();
    private final FakeUpstream upstream = new FakeUpstream();
    private final BlobStore store = new MemoryBlobStore();
    private final byte[] layer = Images.layer(1, LAYER_BYTES);
    private final byte[] image = Images.manifest(layer, "");

    @TempDir
    private Path folder;

    private TestMirror mirror;
    private Digest digest;

    @BeforeEach
    void start() {
        digest = upstream.blob("app", layer);
        upstream.manifest("app", "v1", MediaTypes.OCI_MANIFEST, image);
        mirror = mirror(new UpstreamConfig.Keeping(Optional.of(Duration.ofHours(1)), Optional.empty()));
    }

    @AfterEach
    void stop() {
        mirror.close();
        upstream.close();
        postgres.close();
    }

    private TestMirror mirror(UpstreamConfig.Keeping keeping) {
        return new TestMirror(postgres.database(), store, folder, new UpstreamConfig(
                "hub", upstream.url(), Optional.empty(),
                new UpstreamConfig.Place("hub", Set.of(), List.of(RepositoryPattern.ALL)), Duration.ofHours(1), keeping,
                TestMirror.LIMITS, UpstreamConfig.Trust.USUAL, true));
    }

    private void pullAll() throws IOException {
        mirror.manifest(REPOSITORY, V1);
        mirror.blob(REPOSITORY, digest);
        mirror.awaitFetches();
    }

    private void age(String what) {
        postgres.run("update mirror_content set pulled_at = pulled_at - interval '2 hours' where " + what);
    }

    private void evict() {
        mirror.mirror.write();
        mirror.mirror.evict();
        mirror.reclaim.run();
    }

    private boolean isStored(Digest blob) throws IOException {
        try {
            store.open(blob, 0).close();
            return true;
        } catch (BlobLostException e) {
            return false;
        }
    }

    @Test
    void removesWhatNobodyPullsWithItsBytes() throws IOException {
        pullAll();
        mirror.mirror.write();
        age("true");

        evict();

        assertThat(isStored(digest)).isFalse();
        for (String table : List.of("manifest", "tag", "blob", "link", "mirror_content", "mirror_tag",
                "manifest_absent_blob")) {
            assertThat(postgres.column("select 1 from " + table)).as(table).isEmpty();
        }
        assertThat(mirror.blob(REPOSITORY, digest)).as("fetched again").isEqualTo(layer);
    }

    @Test
    void leavesWhatWasPulledLately() throws IOException {
        pullAll();
        mirror.mirror.write();
        age("true");
        mirror.manifest(REPOSITORY, V1);

        evict();

        assertThat(isStored(digest)).as("a blob of a manifest that is pulled").isTrue();
        assertThat(postgres.column("select 1 from tag")).hasSize(1);
    }

    @Test
    void takesABlobFromAManifestThatStays() throws IOException {
        pullAll();
        mirror.mirror.write();
        age("not is_manifest");

        evict();

        assertThat(isStored(digest)).isFalse();
        assertThat(postgres.column("select position from manifest_blob")).isEmpty();
        assertThat(postgres.column("select position from manifest_absent_blob order by position"))
                .containsExactly("0", "1");
        assertThat(mirror.blob(REPOSITORY, digest)).isEqualTo(layer);
        mirror.awaitFetches();
        assertThat(postgres.column("select position from manifest_blob")).containsExactly("1");
    }

    @Test
    void leavesWhatAManifestNeedsThatWasPushed() throws IOException {
        pullAll();
        byte[] pushed = Images.manifest(layer, "pushed");
        upstream.blob("app", EMPTY);
        mirror.blob(REPOSITORY, Images.digest(EMPTY));
        mirror.awaitFetches();
        mirror.manifests.push(ALICE, NAME, Tag.parse("mine"), pushed, null);
        mirror.mirror.write();
        age("true");

        evict();

        assertThat(isStored(digest)).isTrue();
        assertThat(postgres.column("select name from tag")).containsExactly("mine");
        assertThat(postgres.column("select 1 from mirror_content")).isEmpty();
        assertThat(mirror.manifests.get(NAME, Tag.parse("mine")).content()).isEqualTo(pushed);
    }

    @Test
    void leavesAManifestThatWasPushedToo() throws IOException {
        byte[] artifact = TestManifest.artifact("both").bytes();
        upstream.manifest("app", "v2", TestManifest.ARTIFACT, artifact);
        mirror.manifest(REPOSITORY, Tag.parse("v2"));
        mirror.manifests.push(ALICE, NAME, Tag.parse("v2"), artifact, null);
        mirror.mirror.pushed(NAME, Images.digest(artifact), true);
        mirror.mirror.write();
        age("true");

        evict();

        assertThat(mirror.manifests.get(NAME, Images.digest(artifact)).content()).isEqualTo(artifact);
    }

    @Test
    void leavesAManifestThatAnIndexNeedsWhichWasPushed() {
        TestManifest child = TestManifest.artifact("child");
        upstream.manifest("app", "child", TestManifest.ARTIFACT, child.bytes());
        mirror.manifest(REPOSITORY, Tag.parse("child"));
        mirror.manifests.push(ALICE, NAME, Tag.parse("index"), TestManifest.index(child).bytes(), null);
        mirror.mirror.write();
        age("true");

        evict();

        assertThat(mirror.manifests.get(NAME, child.digest()).content()).isEqualTo(child.bytes());
    }

    @Test
    void keepsNoMoreThanFits() throws IOException {
        mirror.close();
        mirror = mirror(new UpstreamConfig.Keeping(Optional.empty(), Optional.of(DataSize.ofMiB(1))));
        pullAll();
        mirror.mirror.write();
        age("true");
        byte[] other = Images.layer(2, LAYER_BYTES);
        Digest later = upstream.blob("app", other);
        mirror.blob(REPOSITORY, later);
        mirror.awaitFetches();

        evict();

        assertThat(isStored(digest)).isFalse();
        assertThat(isStored(later)).isTrue();
    }

    @Test
    void keepsWhatAnotherRepositoryMounted() throws IOException {
        pullAll();
        RepositoryName mine = RepositoryName.parse("mine");
        assertThat(mirror.blobs.mount(ALICE, mine, digest, NAME)).isTrue();
        mirror.mirror.write();
        age("true");

        evict();

        assertThat(mirror.blobs.find(NAME, digest)).isEmpty();
        assertThat(mirror.blobs.find(mine, digest)).hasValue(LAYER_BYTES);
        assertThat(isStored(digest)).isTrue();
    }

    @Test
    void dropsOneBlobOrOneRepositoryOrEverything() throws IOException {
        pullAll();
        byte[] other = Images.layer(3, 10);
        Digest elsewhere = upstream.blob("other", other);
        mirror.blob("hub/other", elsewhere);
        mirror.awaitFetches();

        assertThat(mirror.mirror.drop(ALICE, "hub", Optional.of(NAME), Optional.of(digest))).isEqualTo(1);
        assertThat(mirror.blobs.find(NAME, digest)).isEmpty();
        assertThat(mirror.mirror.drop(ALICE, "hub", Optional.of(NAME), Optional.empty())).isEqualTo(1);
        assertThat(postgres.column("select 1 from manifest")).isEmpty();
        assertThat(mirror.mirror.drop(ALICE, "hub", Optional.empty(), Optional.empty())).isEqualTo(1);
        mirror.reclaim.run();

        assertThat(isStored(elsewhere)).isFalse();
        assertThat(postgres.column("select 1 from blob")).isEmpty();
    }

    @Test
    void countsWhatItGaveAndSaved() throws IOException {
        pullAll();
        mirror.blob(REPOSITORY, digest);
        mirror.mirror.write();
        mirror.mirror.write();

        assertThat(postgres.column("""
                select concat_ws(' ', manifests, blobs, blob_bytes, hits, misses, stale, served_bytes, fetched_bytes,
                                 requests, errors)
                from mirror_status"""))
                .containsExactly("1 1 " + LAYER_BYTES + " 1 2 0 " + (image.length + 2 * LAYER_BYTES) + ' '
                        + (image.length + LAYER_BYTES) + " 2 0");
    }
}
