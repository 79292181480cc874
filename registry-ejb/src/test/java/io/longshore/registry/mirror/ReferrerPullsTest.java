package io.longshore.registry.mirror;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.database.Slice;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.referrer.Referrer;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferrerPullsTest {
    private static final RepositoryName NAME = RepositoryName.parse("hub/app");
    private static final TestManifest SUBJECT = TestManifest.artifact("subject");

    private final TestDatabase postgres = TestDatabase.fresh();
    private final FakeUpstream upstream = new FakeUpstream();
    private final ReferrerService stored = new ReferrerService(postgres.database());

    @TempDir
    private Path folder;

    private TestMirror mirror;

    @BeforeEach
    void start() {
        mirror = mirror(Duration.ofHours(1));
        upstream.manifest("app", "v1", TestManifest.ARTIFACT, SUBJECT.bytes());
        mirror.manifest("hub/app", Tag.parse("v1"));
    }

    @AfterEach
    void stop() {
        mirror.close();
        upstream.close();
        postgres.close();
    }

    private TestMirror mirror(Duration lifetime) {
        return new TestMirror(
                postgres.database(), new MemoryBlobStore(), folder,
                TestMirror.upstream("hub", upstream.url(), "hub", lifetime));
    }

    private static TestManifest referrer(String note) {
        return TestManifest.artifact(note).ofType("type/" + note).about(SUBJECT.digest()).annotated(Map.of("a", note));
    }

    private void list(TestManifest... referrers) {
        for (TestManifest one : referrers) {
            upstream.manifest("app", one.digest().toString(), TestManifest.ARTIFACT, one.bytes());
        }
        upstream.referrers("app", SUBJECT.digest(), Stream.of(referrers)
                .map(one -> "{\"mediaType\":\"" + TestManifest.ARTIFACT + "\",\"digest\":\"" + one.digest()
                        + "\",\"size\":" + one.bytes().length + ",\"annotations\":{\"from\":\"list\"},"
                        + "\"artifactType\":\"type/x\"}")
                .collect(Collectors.joining(",")));
    }

    private Pulled<Slice<Referrer>> referrers(Optional<String> type, Optional<Digest> after, int limit) {
        return mirror.mirror.referrers(
                NAME, SUBJECT.digest(), type, after, limit,
                () -> stored.list(NAME, SUBJECT.digest(), type, after, limit));
    }

    private List<Digest> all() {
        return referrers(Optional.empty(), Optional.empty(), 100).content().items().stream()
                .map(Referrer::digest).toList();
    }

    private static List<Digest> sorted(TestManifest... manifests) {
        return Arrays.stream(manifests).map(TestManifest::digest)
                .sorted(Comparator.comparing(Digest::toString)).toList();
    }

    @Test
    void listsWhatTheUpstreamListsAndFetchesNoneOfIt() {
        list(referrer("one"), referrer("two"));

        assertThat(all()).isEqualTo(sorted(referrer("one"), referrer("two")));
        assertThat(all()).hasSize(2);
        assertThat(upstream.asked()).containsExactly(
                "GET /v2/app/manifests/v1", "GET /v2/app/referrers/" + SUBJECT.digest());
    }

    @Test
    void tellsWhatTheListTells() {
        list(referrer("one"));

        assertThat(referrers(Optional.empty(), Optional.empty(), 10).content().items()).singleElement()
                .isEqualTo(new Referrer(
                        referrer("one").digest(), TestManifest.ARTIFACT, referrer("one").bytes().length,
                        Optional.of("type/x"), Optional.of("{\"from\":\"list\"}")));
        assertThat(referrers(Optional.of("type/y"), Optional.empty(), 10).content().items()).isEmpty();
    }

    @Test
    void fetchesWhatIsListedWhenItIsPulled() {
        list(referrer("one"));
        all();

        assertThat(mirror.manifest("hub/app", referrer("one").digest()).content().content())
                .isEqualTo(referrer("one").bytes());
        assertThat(all()).containsExactly(referrer("one").digest());
    }

    @Test
    void listsWhatWasPushedHereToo() {
        list(referrer("one"));
        mirror.manifests.push(
                ALICE, NAME, referrer("mine").digest(), List.of(), referrer("mine").bytes(), TestManifest.ARTIFACT);

        assertThat(all()).isEqualTo(sorted(referrer("one"), referrer("mine")));
    }

    @Test
    void listsNoMoreWhatTheUpstreamHasRemoved() {
        mirror.close();
        mirror = mirror(Duration.ZERO);
        list(referrer("one"), referrer("two"));
        all();
        mirror.manifest("hub/app", referrer("one").digest());
        list(referrer("two"));

        assertThat(all()).containsExactly(referrer("two").digest());
    }

    @Test
    void listsPageByPage() {
        TestManifest[] listed = {referrer("1"), referrer("2"), referrer("3"), referrer("4"), referrer("5")};
        list(listed);
        mirror.manifests.push(
                ALICE, NAME, referrer("mine").digest(), List.of(), referrer("mine").bytes(), TestManifest.ARTIFACT);
        List<Digest> found = new ArrayList<>();
        Optional<Digest> after = Optional.empty();
        boolean more = true;
        while (more) {
            Slice<Referrer> page = referrers(Optional.empty(), after, 2).content();
            page.items().forEach(one -> found.add(one.digest()));
            after = Optional.of(found.get(found.size() - 1));
            more = page.more();
        }

        assertThat(found).hasSize(6).isEqualTo(sorted(
                listed[0], listed[1], listed[2], listed[3], listed[4], referrer("mine")));
        assertThat(referrers(Optional.empty(), Optional.empty(), 0).content().items()).isEmpty();
    }

    @Test
    void listsWhatItKnewWithAWarningIfTheUpstreamDoesNotSay() {
        mirror.close();
        mirror = mirror(Duration.ZERO);
        list(referrer("one"));
        all();
        upstream.stop();

        Pulled<Slice<Referrer>> pulled = referrers(Optional.empty(), Optional.empty(), 10);

        assertThat(pulled.content().items()).hasSize(1);
        assertThat(pulled.warnings()).hasSize(1);
    }

    @Test
    void saysThatItDoesNotKnowRatherThanThatThereAreNone() {
        upstream.stop();

        assertThatExceptionOfType(RegistryException.Unavailable.class).isThrownBy(this::all);
    }

    @Test
    void findsThoseUnderTheFallbackTagOfARegistryWithoutLists() {
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[{\"mediaType\":\""
                + TestManifest.ARTIFACT + "\",\"digest\":\"" + referrer("one").digest() + "\",\"size\":1}]}";
        upstream.manifest("app", "sha256-" + SUBJECT.digest().hex(), MediaTypes.OCI_INDEX,
                index.getBytes(StandardCharsets.UTF_8));

        assertThat(all()).containsExactly(referrer("one").digest());
    }
}
