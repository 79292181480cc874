package io.longshore.registry.manifest;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.blob.Seen;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.storage.contract.Workers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same bytes, pushed as manifests of different types: the type says where the layers stand. */
class RetypeTest {
    private static final RepositoryName REPOSITORY = RepositoryName.parse("team/app");
    private static final Digest LAYER = digest("in layers");
    private static final Digest BLOB = digest("in blobs");
    private static final String FOO = "application/vnd.foo+json";
    private static final byte[] BYTES = ("{\"layers\":[" + descriptor(LAYER) + "],\"blobs\":[" + descriptor(BLOB) + ","
                    + descriptor(BLOB) + "]}")
            .getBytes(StandardCharsets.UTF_8);

    private static TestDatabase postgres;
    private static ManifestService manifests;
    private static BlobService blobs;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
        blobs = new BlobService(postgres.database(), null);
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @AfterEach
    void empty() {
        postgres.run("truncate repository, blob, tag_history cascade");
    }

    @Test
    void needsTheBlobsOfTheTypeItWasPushedAsLast() {
        add(LAYER);
        add(BLOB);
        push(FOO);
        push(MediaTypes.OCI_ARTIFACT_MANIFEST);

        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> blobs.delete(ALICE, REPOSITORY, BLOB));
        blobs.delete(ALICE, REPOSITORY, LAYER);
        assertThat(needed()).containsExactly("1 " + BLOB, "2 " + BLOB);
        assertThat(type()).isEqualTo(MediaTypes.OCI_ARTIFACT_MANIFEST);
    }

    @Test
    void refusesATypeAsWhichItLacksBlobs() {
        add(LAYER);
        push(FOO);

        assertThatThrownBy(() -> push(MediaTypes.OCI_ARTIFACT_MANIFEST))
                .isInstanceOfSatisfying(RegistryException.NotFound.class, refused -> assertThat(refused.errors())
                        .extracting(RegistryException.Error::detail)
                        .containsExactly(BLOB.toString()));
        assertThat(needed()).containsExactly("1 " + LAYER);
        assertThat(type()).isEqualTo(FOO);
    }

    @Test
    void setsTheTagsOfTheLaterPush() {
        add(LAYER);
        add(BLOB);
        push(FOO);
        manifests.push(ALICE, REPOSITORY, new Tag("later"), BYTES, MediaTypes.OCI_ARTIFACT_MANIFEST);

        assertThat(manifests.head(REPOSITORY, new Tag("later")).mediaType())
                .isEqualTo(MediaTypes.OCI_ARTIFACT_MANIFEST);
    }

    @Test
    void needsTheBlobsOfItsTypeAfterManyPushesAtOnce() throws Exception {
        add(LAYER);
        add(BLOB);
        for (int round = 0; round < 30; round++) {
            Workers.run(4, worker -> {
                for (int i = 0; i < 5; i++) {
                    push((worker + i) % 2 == 0 ? FOO : MediaTypes.OCI_ARTIFACT_MANIFEST);
                }
            });
            List<String> needed = type().equals(FOO) ? List.of("1 " + LAYER) : List.of("1 " + BLOB, "2 " + BLOB);
            assertThat(needed()).isEqualTo(needed);
        }
    }

    private static void push(String mediaType) {
        manifests.push(ALICE, REPOSITORY, new Tag("latest"), BYTES, mediaType);
    }

    private static String type() {
        return manifests.head(REPOSITORY, new Tag("latest")).mediaType();
    }

    private static List<String> needed() {
        return postgres.column("select n.position || ' ' || digest_text(b.digest) from manifest_blob n"
                + " join blob b on b.id = n.blob_id order by n.position");
    }

    private static void add(Digest digest) {
        postgres.database().transaction(tx -> {
            blobs.add(ALICE, tx, REPOSITORY, digest, 1, Seen.BY_ITSELF);
            return null;
        });
    }

    private static String descriptor(Digest digest) {
        return "{\"mediaType\":\"application/a\",\"digest\":\"" + digest + "\",\"size\":1}";
    }

    private static Digest digest(String content) {
        return Digest.of(DigestAlgorithm.SHA256, content.getBytes(StandardCharsets.UTF_8));
    }
}
