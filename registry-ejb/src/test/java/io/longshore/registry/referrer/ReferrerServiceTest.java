package io.longshore.registry.referrer;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.blob.Seen;
import io.longshore.registry.database.Slice;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.storage.contract.Content;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReferrerServiceTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("team/app");
    private static final RepositoryName OTHER = RepositoryName.parse("team/other");
    private static final String SIGNATURE = "application/vnd.example.signature";
    private static final String SBOM = "application/vnd.example.sbom";

    private static TestDatabase postgres;
    private static ReferrerService referrers;
    private static ManifestService manifests;

    private final Digest subject = Content.of("subject").digest();

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        referrers = new ReferrerService(postgres.database());
        manifests = new ManifestService(postgres.database(), TestPolicy.SPARSE);
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @AfterEach
    void empty() {
        postgres.run("truncate repository cascade");
    }

    @ParameterizedTest
    @EnumSource
    void describesWhatRefersToTheSubject(DigestAlgorithm algorithm) {
        Digest about = Content.of("subject").digest(algorithm);
        TestManifest signature = TestManifest.artifact("signature")
                .ofType(SIGNATURE)
                .annotated(Map.of("by", "b\u00f6b"))
                .about(about);
        push(signature);

        assertThat(list(about)).containsExactly(new Referrer(
                signature.digest(),
                TestManifest.ARTIFACT,
                signature.bytes().length,
                Optional.of(SIGNATURE),
                Optional.of("{\"by\": \"b\u00f6b\"}")));
    }

    @Test
    void takesTheTypeOfTheConfigForThatOfTheArtifact() {
        Digest config = Content.of("{}").digest();
        BlobService blobs = new BlobService(postgres.database(), new MemoryBlobStore());
        postgres.database().transaction(tx -> {
            blobs.add(ALICE, tx, REPOSITORY, config, 2, Seen.BY_ITSELF);
            return null;
        });
        String image = "{\"schemaVersion\":2,\"layers\":[],\"config\":" + descriptor(SBOM, config) + ",\"subject\":"
                + descriptor(MediaTypes.OCI_MANIFEST, subject) + "}";
        manifests.push(ALICE, REPOSITORY, new Tag("image"), image.getBytes(StandardCharsets.UTF_8), null);

        assertThat(list(subject)).extracting(Referrer::artifactType).containsExactly(Optional.of(SBOM));
        assertThat(list(subject)).extracting(Referrer::annotationsJson).containsExactly(Optional.empty());
    }

    @Test
    void listsNothingWhereThereIsNothing() {
        assertThat(list(subject)).isEmpty();
        push(TestManifest.artifact("no subject"));
        push(TestManifest.artifact("another subject").about(Content.of("another").digest()));
        assertThat(list(subject)).isEmpty();
        assertThat(list(Content.of("subject").digest(DigestAlgorithm.SHA512))).isEmpty();
    }

    @Test
    void knowsTheReferrersOfOneRepository() {
        TestManifest here = TestManifest.artifact("here").about(subject);
        TestManifest there = TestManifest.artifact("there").about(subject);
        push(here);
        manifests.push(ALICE, OTHER, there.digest(), List.of(), there.bytes(), null);

        assertThat(list(subject)).extracting(Referrer::digest).containsExactly(here.digest());
    }

    @Test
    void forgetsAReferrerThatIsDeleted() {
        TestManifest signature = TestManifest.artifact("signature").about(subject);
        push(signature);

        manifests.delete(ALICE, REPOSITORY, signature.digest());

        assertThat(list(subject)).isEmpty();
    }

    @Test
    void filtersByType() {
        TestManifest signature = TestManifest.artifact("signature").ofType(SIGNATURE).about(subject);
        push(signature);
        push(TestManifest.artifact("sbom").ofType(SBOM).about(subject));
        push(TestManifest.artifact("no type").about(subject));

        assertThat(list(subject, Optional.of(SIGNATURE)))
                .extracting(Referrer::digest)
                .containsExactly(signature.digest());
        assertThat(list(subject, Optional.of("application/vnd.example.other"))).isEmpty();
        assertThat(list(subject)).hasSize(3);
    }

    @Test
    void mergesInWhatClientsListedUnderTheFallbackTag() {
        TestManifest listed = TestManifest.artifact("without a subject of its own").ofType(SIGNATURE);
        TestManifest known = TestManifest.artifact("sbom").ofType(SBOM).about(subject);
        TestManifest absent = TestManifest.artifact("never pushed");
        push(listed);
        push(known);
        pushFallback(subject, TestManifest.index(listed, known, absent, listed));

        assertThat(list(subject))
                .extracting(Referrer::digest)
                .containsExactlyInAnyOrder(listed.digest(), known.digest())
                .doesNotHaveDuplicates();
        assertThat(list(subject, Optional.of(SIGNATURE)))
                .extracting(Referrer::digest)
                .containsExactly(listed.digest());
    }

    /** OCI distribution-spec, "Referrers Tag Schema": a hash is cut after 64 characters. */
    @Test
    void findsTheFallbackTagOfALongDigest() {
        Digest about = Content.of("subject").digest(DigestAlgorithm.SHA512);
        TestManifest listed = TestManifest.artifact("listed");
        push(listed);
        pushFallback(about, TestManifest.index(listed));

        assertThat(list(about)).extracting(Referrer::digest).containsExactly(listed.digest());
    }

    @Test
    void listsPageByPageOverBothKinds() {
        List<TestManifest> known = IntStream.range(0, 12)
                .mapToObj(i -> TestManifest.artifact("known " + i).about(subject))
                .toList();
        List<TestManifest> listed =
                IntStream.range(0, 11).mapToObj(i -> TestManifest.artifact("listed " + i)).toList();
        Stream.concat(known.stream(), listed.stream()).forEach(ReferrerServiceTest::push);
        pushFallback(subject, TestManifest.index(listed.toArray(TestManifest[]::new)));

        List<Digest> seen = new ArrayList<>();
        Slice<Referrer> page = page(Optional.empty());
        while (page.more()) {
            assertThat(page.items()).hasSize(5);
            page.items().forEach(referrer -> seen.add(referrer.digest()));
            page = page(Optional.of(seen.get(seen.size() - 1)));
        }
        page.items().forEach(referrer -> seen.add(referrer.digest()));
        assertThat(seen)
                .isSortedAccordingTo(Comparator.comparing(Digest::hex))
                .hasSize(23)
                .containsAll(known.stream().map(TestManifest::digest).toList())
                .containsAll(listed.stream().map(TestManifest::digest).toList());
    }

    private static String descriptor(String mediaType, Digest digest) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":2}";
    }

    /** A page is put together in memory, and annotations may be as long as manifests. */
    @ParameterizedTest
    @CsvSource({"1500000, 2", "5000000, 1", "60000, 5"})
    void endsAPageWhereAnnotationsAreLong(int length, int perPage) {
        for (int i = 0; i < 6; i++) {
            push(TestManifest.artifact("long " + i).annotated(Map.of("a", "x".repeat(length))).about(subject));
        }

        List<Digest> seen = new ArrayList<>();
        Slice<Referrer> page = page(Optional.empty());
        while (page.more()) {
            assertThat(page.items()).hasSize(perPage);
            page.items().forEach(referrer -> seen.add(referrer.digest()));
            page = page(Optional.of(seen.get(seen.size() - 1)));
        }
        page.items().forEach(referrer -> seen.add(referrer.digest()));
        assertThat(seen).hasSize(6).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.comparing(Digest::hex));
    }

    @Test
    void doesNotCountLongManifestsWithoutAnnotations() {
        for (int i = 0; i < 5; i++) {
            push(TestManifest.artifact(i + "x".repeat(2_000_000)).about(subject));
        }

        assertThat(page(Optional.empty()).items()).hasSize(5);
        assertThat(page(Optional.empty()).more()).isFalse();
    }

    private Slice<Referrer> page(Optional<Digest> last) {
        return referrers.list(REPOSITORY, subject, Optional.empty(), last, 5);
    }

    private static List<Referrer> list(Digest subject) {
        return list(subject, Optional.empty());
    }

    private static List<Referrer> list(Digest subject, Optional<String> artifactType) {
        Slice<Referrer> all = referrers.list(REPOSITORY, subject, artifactType, Optional.empty(), Integer.MAX_VALUE);
        assertThat(all.more()).isFalse();
        return all.items();
    }

    private static void push(TestManifest manifest) {
        manifests.push(ALICE, REPOSITORY, manifest.digest(), List.of(), manifest.bytes(), null);
    }

    private static void pushFallback(Digest subject, TestManifest index) {
        String tag = subject.algorithm().id() + "-" + subject.hex().substring(0, 64);
        manifests.push(ALICE, REPOSITORY, new Tag(tag), index.bytes(), null);
    }
}
