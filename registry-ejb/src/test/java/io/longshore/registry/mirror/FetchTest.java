package io.longshore.registry.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.storage.BlobContent;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.StageId;
import io.longshore.registry.storage.filesystem.FilesystemBlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs on their way from an upstream, as long as they are. */
class FetchTest {
    private static final String REPOSITORY = "hub/app";
    private static final Tag V1 = Tag.parse("v1");
    private static final RepositoryName NAME = RepositoryName.parse(REPOSITORY);

    private final TestDatabase postgres = TestDatabase.fresh();
    private final FakeUpstream upstream = new FakeUpstream();
    private final byte[] layer = Images.layer(3, 500_000);
    private final CountDownLatch gate = new CountDownLatch(1);

    @TempDir
    private Path folder;

    private BlobStore store;
    private TestMirror mirror;
    private Digest digest;

    @BeforeEach
    void start() throws IOException {
        store = new FilesystemBlobStore(folder.resolve("storage"), 10);
        digest = upstream.blob("app", layer);
        mirror = mirror(store);
    }

    @AfterEach
    void stop() throws IOException {
        gate.countDown();
        mirror.close();
        upstream.close();
        store.close();
        postgres.close();
    }

    private TestMirror mirror(BlobStore other) {
        return new TestMirror(
                postgres.database(), other, folder.resolve("fetches"),
                TestMirror.upstream("hub", upstream.url(), "hub", Duration.ofHours(1)));
    }

    /** Sends a half, and the rest when the test says. */
    private FakeUpstream.Reply halfThenWait() {
        return exchange -> {
            exchange.sendResponseHeaders(200, layer.length);
            exchange.getResponseBody().write(layer, 0, layer.length / 2);
            exchange.getResponseBody().flush();
            await(gate);
            exchange.getResponseBody().write(layer, layer.length / 2, layer.length - layer.length / 2);
        };
    }

    private FakeUpstream.Reply head() {
        return exchange -> {
            exchange.getResponseHeaders().add("Content-Length", Integer.toString(layer.length));
            exchange.sendResponseHeaders(200, -1);
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long fetches() {
        return upstream.asked().stream().filter(("GET /v2/app/blobs/" + digest)::equals).count();
    }

    private void assertNothingIsLeft() throws IOException {
        mirror.close();
        try (Stream<StageId> left = store.untouchedSince(Instant.now().plusSeconds(60))) {
            assertThat(left).isEmpty();
        }
        try (Stream<Path> files = Files.list(Files.createDirectories(folder.resolve("fetches")))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void letsClientsReadWhatHasComeBeforeTheRestHas() throws IOException {
        upstream.reply(digest.toString(), head(), halfThenWait());

        MirroredBlob blob = mirror.mirror.blob(NAME, digest);
        try (BlobContent content = blob.opener().at(0)) {
            ByteBuffer half = ByteBuffer.allocate(layer.length / 2);
            while (half.hasRemaining()) {
                content.read(half, half.position());
            }
            assertThat(half.array()).isEqualTo(Arrays.copyOf(layer, layer.length / 2));
            assertThat(blob.isStored()).isFalse();
            gate.countDown();
        }
        assertThat(mirror.blob(REPOSITORY, digest)).isEqualTo(layer);
    }

    @Test
    void goesOnWhenTheClientLeaves() throws IOException {
        upstream.reply(digest.toString(), head(), halfThenWait());
        try (BlobContent content = mirror.mirror.blob(NAME, digest).opener().at(0)) {
            assertThat(content.read(ByteBuffer.allocate(1), 0)).isEqualTo(1);
        }

        gate.countDown();
        mirror.close();

        assertThat(mirror.blobs.find(NAME, digest)).hasValue(layer.length);
        assertThat(fetches()).isEqualTo(1);
    }

    @Test
    void fetchesOnceForManyClientsAndGivesEachAllOfIt() throws Exception {
        upstream.manifest("app", "v1", MediaTypes.OCI_MANIFEST, Images.manifest(layer, ""));
        mirror.manifest(REPOSITORY, V1);
        upstream.reply(digest.toString(), halfThenWait());
        ExecutorService clients = Executors.newFixedThreadPool(30);
        List<Future<byte[]>> pulls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            int position = i * 1000;
            pulls.add(clients.submit(() -> mirror.blob(REPOSITORY, digest, position)));
        }
        gate.countDown();

        for (int i = 0; i < 30; i++) {
            assertThat(pulls.get(i).get()).isEqualTo(Arrays.copyOfRange(layer, i * 1000, layer.length));
        }
        clients.shutdown();
        assertThat(fetches()).isEqualTo(1);
        assertNothingIsLeft();
    }

    @Test
    void fetchesNothingThatItHasForAnotherRepository() throws IOException {
        mirror.blob(REPOSITORY, digest);
        mirror.awaitFetches();
        upstream.blob("other", layer);
        upstream.manifest("other", "v1", MediaTypes.OCI_MANIFEST, Images.manifest(layer, ""));
        mirror.manifest("hub/other", V1);

        assertThat(mirror.blob("hub/other", digest)).isEqualTo(layer);

        assertThat(upstream.asked()).endsWith("HEAD /v2/other/blobs/" + digest);
        assertThat(mirror.blobs.find(RepositoryName.parse("hub/other"), digest)).hasValue(layer.length);
        assertThat(postgres.column("select position from manifest_blob")).containsExactly("1");
    }

    @Test
    void givesNobodyWhatTheUpstreamHasNotAndAnotherRepositoryHas() throws IOException {
        mirror.blob(REPOSITORY, digest);
        mirror.awaitFetches();
        upstream.manifest("other", "v1", MediaTypes.OCI_MANIFEST, Images.manifest(layer, ""));
        mirror.manifest("hub/other", V1);

        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> mirror.blob("hub/other", digest));
    }

    @Test
    void goesOnWhereAConnectionWasCut() throws IOException {
        upstream.reply(digest.toString(), head(),
                FakeUpstream.bytes(Arrays.copyOf(layer, 100_000), layer.length));

        assertThat(mirror.blob(REPOSITORY, digest)).isEqualTo(layer);
        assertThat(fetches()).isEqualTo(2);
        assertNothingIsLeft();
    }

    @Test
    void givesNobodyTheEndOfWhatIsWrongAndKeepsNoneOfIt() throws IOException {
        byte[] wrong = layer.clone();
        wrong[0]++;
        upstream.reply(digest.toString(), head(), FakeUpstream.bytes(wrong, wrong.length));

        assertThatThrownBy(() -> mirror.blob(REPOSITORY, digest))
                .isInstanceOfAny(IOException.class, RegistryException.class);

        assertNothingIsLeft();
        assertThat(mirror.blobs.find(NAME, digest)).isEmpty();
        assertThat(postgres.column("select 1 from blob")).isEmpty();
    }

    @Test
    void refusesALengthThatIsNotThatOfTheManifest() throws IOException {
        upstream.manifest("app", "v1", MediaTypes.OCI_MANIFEST, Images.manifest(layer, ""));
        mirror.manifest(REPOSITORY, V1);
        upstream.reply(digest.toString(), FakeUpstream.bytes(new byte[10], 10));

        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> mirror.blob(REPOSITORY, digest));

        assertNothingIsLeft();
        assertThat(postgres.column("select 1 from blob")).isEmpty();
    }

    @Test
    void tellsWhatTheUpstreamDoesNotHave() throws IOException {
        Digest missing = Images.digest(new byte[1]);

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(RegistryException.NotFound.class)
                    .isThrownBy(() -> mirror.blob(REPOSITORY, missing));
        }

        assertThat(upstream.asked()).containsExactly("HEAD /v2/app/blobs/" + missing);
        assertNothingIsLeft();
    }

    @Test
    void holdsABlobFromTheMomentItIsHere() throws IOException {
        upstream.manifest("app", "v1", MediaTypes.OCI_MANIFEST, Images.manifest(layer, ""));
        mirror.manifest(REPOSITORY, V1);
        assertThat(postgres.column("select position from manifest_absent_blob order by position"))
                .containsExactly("0", "1");

        mirror.blob(REPOSITORY, digest);
        mirror.close();

        assertThat(postgres.column("select position from manifest_absent_blob")).containsExactly("0");
        assertThat(postgres.column("select position from manifest_blob")).containsExactly("1");
    }

    @Test
    void holdsABlobThatWasHereBeforeTheManifest() throws IOException {
        mirror.blob(REPOSITORY, digest);
        mirror.close();
        mirror = mirror(store);
        upstream.manifest("app", "v1", MediaTypes.OCI_MANIFEST, Images.manifest(layer, ""));

        mirror.manifest(REPOSITORY, V1);

        assertThat(postgres.column("select position from manifest_blob")).containsExactly("1");
    }
}
