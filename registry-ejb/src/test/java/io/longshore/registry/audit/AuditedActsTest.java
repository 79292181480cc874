package io.longshore.registry.audit;

import static io.longshore.registry.audit.TestActor.ALICE;
import static io.longshore.registry.audit.TestActor.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.blob.Seen;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.manifest.TestPolicy;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Visibility;
import io.longshore.registry.model.Tag;
import io.longshore.registry.storage.contract.Workers;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.upload.UploadBody;
import io.longshore.registry.upload.UploadId;
import io.longshore.registry.upload.UploadService;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each act leaves its row, and what was not done leaves none. */
class AuditedActsTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("team/app");
    private static final RepositoryName OTHER = RepositoryName.parse("team/other");
    private static final TestManifest FIRST = TestManifest.artifact("first");
    private static final TestManifest SECOND = TestManifest.artifact("second");
    private static final Digest BLOB = digest("blob");

    private static TestDatabase postgres;
    private static ManifestService manifests;
    private static TagService tags;
    private static BlobService blobs;
    private static UploadService uploads;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        MemoryBlobStore store = new MemoryBlobStore();
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
        tags = new TagService(postgres.database());
        blobs = new BlobService(postgres.database(), store);
        uploads = new UploadService(postgres.database(), store, blobs);
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @AfterEach
    void empty() {
        postgres.run("truncate repository, blob, tag_history, upload_session, audit_event cascade");
    }

    @Test
    void aPushOfABlobIsARow() throws IOException {
        uploads.push(ALICE, REPOSITORY, body("blob"), BLOB);
        assertThat(taken()).containsExactly("blob.push user:alice 192.0.2.7 team/app - " + BLOB);

        uploads.push(BOB, REPOSITORY, body("blob"), BLOB);
        assertThat(taken()).containsExactly("blob.push user:bob 2001:db8::b0b team/app - " + BLOB);
    }

    @Test
    void anUploadIsARowOnceItIsABlob() throws IOException {
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);
        uploads.append(ALICE, REPOSITORY, id, Optional.empty(), body("bl"));
        uploads.cancel(ALICE, REPOSITORY, uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256));
        assertThat(taken()).isEmpty();

        uploads.finish(ALICE, REPOSITORY, id, Optional.empty(), body("ob"), BLOB);
        assertThat(taken()).containsExactly("blob.push user:alice 192.0.2.7 team/app - " + BLOB);
    }

    @Test
    void aPushWithAnotherDigestIsNone() throws IOException {
        UploadId id = uploads.start(ALICE, REPOSITORY, DigestAlgorithm.SHA256);

        assertRefused(() -> uploads.push(ALICE, REPOSITORY, body("other"), BLOB));
        assertRefused(() -> uploads.finish(ALICE, REPOSITORY, id, Optional.empty(), body("other"), BLOB));
        assertRefused(() -> manifests.push(ALICE, REPOSITORY, BLOB, List.of(), FIRST.bytes(), null));

        assertThat(taken()).isEmpty();
    }

    @Test
    void aMountIsARowThatSaysFromWhere() throws IOException {
        addBlob(OTHER);

        blobs.mount(BOB, REPOSITORY, BLOB, OTHER);
        blobs.mount(BOB, REPOSITORY, BLOB, Visibility.ALL);

        assertThat(taken()).containsExactly(
                "blob.mount user:bob 2001:db8::b0b team/app team/other " + BLOB,
                "blob.mount user:bob 2001:db8::b0b team/app - " + BLOB);
    }

    @Test
    void aMountOfWhatIsNotThereIsNone() throws IOException {
        addBlob(OTHER);

        assertThat(blobs.mount(ALICE, OTHER, BLOB, REPOSITORY)).isFalse();
        assertThat(blobs.mount(ALICE, REPOSITORY, digest("unknown"), Visibility.ALL)).isFalse();

        assertThat(taken()).isEmpty();
    }

    @Test
    void aDeletedBlobIsARow() throws IOException {
        addBlob(REPOSITORY);

        blobs.delete(ALICE, REPOSITORY, BLOB);
        assertThat(taken()).containsExactly("blob.delete user:alice 192.0.2.7 team/app - " + BLOB);

        assertRefused(() -> blobs.delete(ALICE, REPOSITORY, BLOB));
        assertThat(taken()).isEmpty();
    }

    @Test
    void aBlobThatIsNeededIsNotDeletedAndLeavesNoRow() throws IOException {
        addBlob(REPOSITORY);
        manifests.push(ALICE, REPOSITORY, new Tag("v1"), image(), null);
        taken();

        assertRefused(() -> blobs.delete(ALICE, REPOSITORY, BLOB));

        assertThat(taken()).isEmpty();
    }

    @Test
    void aPushOfAManifestIsARowForEachTagOrOneWithout() {
        manifests.push(ALICE, REPOSITORY, new Tag("v1"), FIRST.bytes(), null);
        push(FIRST);
        push(SECOND, "v2", "latest");

        assertThat(taken()).containsExactly(
                "manifest.push user:alice 192.0.2.7 team/app v1 " + FIRST.digest(),
                "manifest.push user:alice 192.0.2.7 team/app - " + FIRST.digest(),
                "manifest.push user:alice 192.0.2.7 team/app v2 " + SECOND.digest(),
                "manifest.push user:alice 192.0.2.7 team/app latest " + SECOND.digest());
    }

    @Test
    void aPushOfTheSameIsARowAgain() {
        push(FIRST, "v1");
        taken();

        manifests.push(BOB, REPOSITORY, new Tag("v1"), FIRST.bytes(), null);

        assertThat(taken()).containsExactly("manifest.push user:bob 2001:db8::b0b team/app v1 " + FIRST.digest());
    }

    @Test
    void aPushAsAnotherTypeIsOneRow() {
        byte[] content = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);
        manifests.push(ALICE, REPOSITORY, new Tag("v1"), content, "application/vnd.foo+json");
        taken();

        manifests.push(ALICE, REPOSITORY, new Tag("v1"), content, MediaTypes.OCI_ARTIFACT_MANIFEST);

        assertThat(taken()).hasSize(1);
    }

    @Test
    void aManifestThatLacksWhatItNeedsLeavesNoRow() {
        assertRefused(() -> manifests.push(ALICE, REPOSITORY, new Tag("v1"), image(), null));
        assertRefused(() -> push(TestManifest.index(FIRST), "v1"));

        assertThat(taken()).isEmpty();
    }

    @Test
    void aDeletedManifestIsARow() {
        push(FIRST, "v1", "v2");
        taken();

        manifests.delete(BOB, REPOSITORY, FIRST.digest());
        assertThat(taken()).containsExactly("manifest.delete user:bob 2001:db8::b0b team/app - " + FIRST.digest());

        assertRefused(() -> manifests.delete(BOB, REPOSITORY, FIRST.digest()));
        assertThat(taken()).isEmpty();
    }

    @Test
    void aDeletedTagIsARowThatSaysWhatItNamed() {
        push(FIRST, "v1");
        taken();

        tags.delete(BOB, REPOSITORY, new Tag("v1"));
        assertThat(taken()).containsExactly("tag.delete user:bob 2001:db8::b0b team/app v1 " + FIRST.digest());

        assertRefused(() -> tags.delete(BOB, REPOSITORY, new Tag("v1")));
        assertThat(taken()).isEmpty();
    }

    /** The delete begins before the tag moves, to a manifest that is not there yet, and waits for it. */
    @Test
    void aDeletedTagSaysWhatItNamedLast() throws Exception {
        push(FIRST, "v1");
        taken();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<?> deletion = postgres.database().transaction(tx -> {
                tx.connection().createStatement().execute("""
                        with pushed as (
                            insert into manifest (repository_id, digest, media_type, content)
                            select id, digest_of('%s'), 'a/b', '' from repository
                            returning id)
                        update tag set manifest_id = pushed.id from pushed""".formatted(SECOND.digest()));
                Future<?> begun = other.submit(() -> tags.delete(BOB, REPOSITORY, new Tag("v1")));
                postgres.awaitBlocked();
                return begun;
            });
            deletion.get(2, TimeUnit.MINUTES);
        } finally {
            other.shutdownNow();
        }
        assertThat(taken()).containsExactly("tag.delete user:bob 2001:db8::b0b team/app v1 " + SECOND.digest());
    }

    @Test
    void everyPushOfTheSameThingAtOnceIsARow() throws Exception {
        Workers.run(8, worker -> {
            for (int i = 0; i < 10; i++) {
                push(TestManifest.artifact("round " + i), "latest");
                uploads.push(ALICE, REPOSITORY, body("blob"), BLOB);
            }
        });

        List<String> rows = taken();
        assertThat(rows).hasSize(160);
        for (int i = 0; i < 10; i++) {
            String row = "manifest.push user:alice 192.0.2.7 team/app latest "
                    + TestManifest.artifact("round " + i).digest();
            assertThat(Collections.frequency(rows, row)).isEqualTo(8);
        }
    }

    @Test
    void anActThatIsRolledBackLeavesNoRow() {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> postgres.database().transaction(tx -> {
            blobs.add(ALICE, tx, REPOSITORY, BLOB, 4, Seen.BY_ITSELF);
            throw new IllegalStateException("something else fails");
        }));

        assertThat(taken()).isEmpty();
    }

    @Test
    void nobodyAskedForWhatTheRegistryDoesItself() {
        postgres.database().transaction(tx -> {
            blobs.add(Actor.REGISTRY, tx, REPOSITORY, BLOB, 4, Seen.BY_ITSELF);
            return null;
        });

        assertThat(taken()).containsExactly("blob.push registry - team/app - " + BLOB);
    }

    /** The rows since it was asked last. */
    private static List<String> taken() {
        List<String> rows = postgres.column("""
                select concat_ws(' ', act, actor, coalesce(address, '-'), repository, coalesce(reference, '-'),
                                 digest_text(digest), detail)
                from audit_event
                order by id""");
        postgres.run("truncate audit_event");
        return rows;
    }

    private static void push(TestManifest manifest, String... names) {
        List<Tag> wanted = Stream.of(names).map(Tag::new).toList();
        manifests.push(ALICE, REPOSITORY, manifest.digest(), wanted, manifest.bytes(), null);
    }

    private static void addBlob(RepositoryName repository) throws IOException {
        uploads.push(ALICE, repository, body("blob"), BLOB);
        taken();
    }

    private static byte[] image() {
        return """
                {"schemaVersion":2,"config":{"mediaType":"application/a","digest":"%s","size":4},"layers":[]}"""
                .formatted(BLOB)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static UploadBody body(String text) {
        return new UploadBody(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), OptionalLong.empty());
    }

    private static Digest digest(String content) {
        return Digest.of(DigestAlgorithm.SHA256, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatExceptionOfType(RegistryException.class).isThrownBy(call);
    }
}
