package io.longshore.registry.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.audit.TestActor;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.StoredManifest;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tags of an upstream, once it has to be asked whether they are still what they were. */
class TagChecksTest {
    private static final Tag V1 = Tag.parse("v1");
    private static final String HEAD = "HEAD /v2/app/manifests/v1";
    private static final String GET = "GET /v2/app/manifests/v1";

    private final TestDatabase postgres = TestDatabase.fresh();
    private final FakeUpstream upstream = new FakeUpstream();
    private final byte[] layer = Images.layer(1, 10);
    private final byte[] first = Images.manifest(layer, "1");
    private final byte[] second = Images.manifest(layer, "2");

    @TempDir
    private Path folder;

    private TestMirror mirror;

    @BeforeEach
    void start() {
        upstream.manifest("app", "v1", MediaTypes.OCI_MANIFEST, first);
        mirror = mirror(Duration.ZERO);
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

    private byte[] pull() {
        Pulled<StoredManifest> pulled = mirror.manifest("hub/app", V1);
        assertThat(pulled.warnings()).isEmpty();
        return pulled.content().content();
    }

    @Test
    void asksNobodyWhileATagIsYoung() {
        try (TestMirror patient = mirror(Duration.ofHours(1))) {
            patient.manifest("hub/app", V1);
            patient.manifest("hub/app", V1);
        }

        assertThat(upstream.asked()).containsExactly(GET);
    }

    @Test
    void asksForAnOldTagByOneConditionalHead() {
        pull();
        pull();

        assertThat(upstream.asked()).containsExactly(GET, HEAD);
        assertThat(upstream.known()).containsExactly('"' + Images.digest(first).toString() + '"');
    }

    @Test
    void followsATagThatMoves() {
        pull();
        Digest moved = upstream.manifest("app", "v1", MediaTypes.OCI_MANIFEST, second);

        assertThat(pull()).isEqualTo(second);
        assertThat(upstream.asked()).containsExactly(GET, HEAD, "GET /v2/app/manifests/" + moved);
        assertThat(postgres.column("select digest_text(digest) from tag_history"))
                .containsExactly(Images.digest(first).toString());
    }

    @Test
    void fetchesNothingAgainWhenATagMovesBack() {
        pull();
        upstream.manifest("app", "v1", MediaTypes.OCI_MANIFEST, second);
        pull();
        upstream.manifest("app", "v1", MediaTypes.OCI_MANIFEST, first);

        assertThat(pull()).isEqualTo(first);
        assertThat(upstream.asked()).hasSize(4).last().isEqualTo(HEAD);
    }

    @Test
    void looksAtTheWholeManifestWhereARegistryTellsNoDigest() {
        pull();
        upstream.reply("/manifests/v1", exchange -> {
            exchange.getResponseHeaders().add("Content-Length", "7");
            exchange.sendResponseHeaders(200, -1);
        });
        upstream.manifest("app", "v1", MediaTypes.OCI_MANIFEST, second);

        assertThat(pull()).isEqualTo(second);
    }

    @Test
    void forgetsATagThatTheUpstreamHasNoMore() {
        pull();
        upstream.removeTag("app", "v1");

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(this::pull);
        }
        assertThat(upstream.asked()).as("remembers the refusal").containsExactly(GET, HEAD);
        assertThat(postgres.column("select name from tag")).isEmpty();
        assertThat(mirror.manifest("hub/app", Images.digest(first)).content().content()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 500, 502, 503})
    void servesWhatItWasWithAWarningIfTheUpstreamDoesNotSay(int status) {
        pull();
        upstream.reply("/manifests/v1", FakeUpstream.status(status), FakeUpstream.status(status),
                FakeUpstream.status(status));

        Pulled<?> pulled = mirror.manifest("hub/app", V1);

        assertThat(pulled.warnings()).singleElement().asString()
                .contains("may have moved", "hub")
                .doesNotContain("127.0.0.1");
    }

    @Test
    void servesWhatItWasWhileTheUpstreamIsDownAndAsksAgainLater() {
        pull();
        upstream.stop();

        assertThat(mirror.manifest("hub/app", V1).warnings()).hasSize(1);
        assertThatExceptionOfType(RegistryException.Unavailable.class)
                .isThrownBy(() -> mirror.manifest("hub/app", Tag.parse("v2")))
                .withMessageContaining("hub");
    }

    @Test
    void leavesAnUpstreamAloneThatIsAskedTooOften() {
        pull();
        upstream.reply("/manifests/v1", FakeUpstream.tooOften(600));

        assertThat(mirror.manifest("hub/app", V1).warnings()).hasSize(1);
        assertThat(mirror.manifest("hub/app", V1).warnings()).hasSize(1);
        assertThatExceptionOfType(RegistryException.TooManyRequests.class)
                .isThrownBy(() -> mirror.manifest("hub/app", Tag.parse("v2")))
                .satisfies(refused -> assertThat(refused.retryAfterSeconds()).isBetween(500L, 600L));
        assertThat(upstream.asked()).containsExactly(GET, HEAD);
    }

    @Test
    void asksOnceForManyClients() throws Exception {
        pull();
        try (TestMirror patient = mirror(Duration.ofMinutes(1))) {
            postgres.run("update mirror_tag set checked_at = now() - interval '1 hour'");
            ExecutorService clients = Executors.newFixedThreadPool(20);
            List<Future<?>> pulls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                pulls.add(clients.submit(() -> patient.manifest("hub/app", V1)));
            }
            for (Future<?> pulled : pulls) {
                pulled.get();
            }
            clients.shutdown();
        }

        assertThat(upstream.asked()).containsExactly(GET, HEAD);
    }

    @Test
    void asksNobodyWhileNothingMayBeWritten() {
        pull();
        mirror.readOnly = true;

        assertThat(mirror.manifest("hub/app", V1).warnings()).hasSize(1);
        assertThatExceptionOfType(RegistryException.Unavailable.class)
                .isThrownBy(() -> mirror.manifest("hub/app", Tag.parse("v2")))
                .withMessageContaining("read-only");
        assertThat(upstream.asked()).containsExactly(GET);
    }

    @Test
    void leavesATagAloneThatWasPushed() {
        pull();
        byte[] pushed = TestManifest.artifact("pushed").bytes();
        mirror.manifests.push(TestActor.ALICE, RepositoryName.parse("hub/app"), V1, pushed, null);

        assertThat(pull()).isEqualTo(pushed);
        assertThat(upstream.asked()).containsExactly(GET);
    }

    @Test
    void tellsAMissOfATagOnceToTheUpstream() {
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(RegistryException.NotFound.class)
                    .isThrownBy(() -> mirror.manifest("hub/app", Tag.parse("v2")));
        }

        assertThat(upstream.asked()).containsExactly("GET /v2/app/manifests/v2");
    }

    @Test
    void tellsWhyTheUpstreamRefusesAndAsksTheClientForNoLogin() {
        upstream.reply("/manifests/v2", FakeUpstream.error(401, "UNAUTHORIZED", "authentication required"));

        assertThatExceptionOfType(RegistryException.Denied.class)
                .isThrownBy(() -> mirror.manifest("hub/app", Tag.parse("v2")))
                .withMessageContaining("authentication required");
    }

    @Test
    void storesNothingThatIsNoManifest() {
        upstream.manifest("app", "v2", MediaTypes.OCI_MANIFEST, "<html>".getBytes(StandardCharsets.UTF_8));

        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> mirror.manifest("hub/app", Tag.parse("v2")))
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(RegistryException.Kind.BAD_GATEWAY));
        assertThat(postgres.column("select name from tag")).isEmpty();
    }
}
