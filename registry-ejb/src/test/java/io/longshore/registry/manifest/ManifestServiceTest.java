package io.longshore.registry.manifest;

import static io.longshore.registry.audit.TestActor.ALICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.blob.Seen;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import io.longshore.registry.tag.TagService;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class ManifestServiceTest {
    private static final Digest CONFIG = Digest.of(DigestAlgorithm.SHA256, "{}".getBytes(UTF_8));
    private static final Digest LAYER = Digest.of(DigestAlgorithm.SHA512, "layer".getBytes(UTF_8));

    private static TestDatabase postgres;
    private static ManifestService manifests;
    private static TagService tags;
    private static BlobService blobs;

    private RepositoryName repository;

    @BeforeAll
    static void open() {
        postgres = TestDatabase.fresh();
        manifests = new ManifestService(postgres.database(), TestPolicy.COMPLETE);
        tags = new TagService(postgres.database());
        blobs = new BlobService(postgres.database(), null);
    }

    @AfterAll
    static void close() {
        postgres.close();
    }

    @BeforeEach
    void nameRepository(TestInfo test) {
        repository = RepositoryName.parse("test/" + test.getDisplayName().replaceAll("[^A-Za-z]", "").toLowerCase());
    }

    @Test
    void servesTheExactBytesByTagAndByDigest() {
        addBlobs();
        byte[] image = image("\"annotations\": { \"a\" : \"b\\u00e9\" } ");

        Digest digest = push("v1", image).digest();

        assertThat(manifests.get(repository, Tag.parse("v1")).content()).isEqualTo(image);
        assertThat(manifests.get(repository, digest).mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(manifests.head(repository, digest)).isEqualTo(
                new ManifestHead(digest, MediaTypes.OCI_MANIFEST, image.length));
    }

    @Test
    void hashesAManifestOnce() {
        addBlobs();
        byte[] image = image("");
        try (CountedHashes hashes = new CountedHashes()) {
            push("v1", image);
            assertThat(hashes.begun()).isEqualTo(1);
        }
    }

    @Test
    void namesEveryMissingBlobOnce() {
        RegistryException refused = catchThrowableOfType(RegistryException.NotFound.class, () -> push("v1", image("")));

        assertThat(refused.errors()).extracting(RegistryException.Error::code).containsOnly(
                ErrorCode.MANIFEST_BLOB_UNKNOWN);
        assertThat(refused.errors()).extracting(RegistryException.Error::detail).containsExactly(
                CONFIG.toString(), LAYER.toString());
        assertThat(postgres.column("select name from repository where name = '" + repository + "'")).isEmpty();
    }

    @Test
    void saysHowManyMoreAreMissingWhereItIsTooManyToNameThem() {
        RegistryException few = catchThrowableOfType(RegistryException.NotFound.class, () -> push("v1", indexOf(100)));
        RegistryException many = catchThrowableOfType(RegistryException.NotFound.class, () -> push("v1", indexOf(150)));

        assertThat(few.errors()).hasSize(100).extracting(RegistryException.Error::detail).doesNotContain("");
        assertThat(many.errors()).hasSize(101).startsWith(few.errors().toArray(RegistryException.Error[]::new));
        assertThat(many.errors().get(100).message()).contains("50 more");
    }

    /** Of as many children, none of which is there. */
    private static byte[] indexOf(int children) {
        String list = IntStream.range(0, children)
                .mapToObj(i -> "{\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"digest\":\""
                        + Digest.of(DigestAlgorithm.SHA256, ("child " + i).getBytes(UTF_8)) + "\",\"size\":1}")
                .collect(Collectors.joining(","));
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[" + list + "]}")
                .getBytes(UTF_8);
    }

    @Test
    void keepsWhatATagNamedBefore() {
        addBlobs();
        Digest first = push("latest", image("\"annotations\":{\"n\":\"1\"}")).digest();
        Digest second = push("latest", image("\"annotations\":{\"n\":\"2\"}")).digest();
        push("latest", image("\"annotations\":{\"n\":\"2\"}"));
        manifests.delete(ALICE, repository, second);

        assertThat(history("latest")).containsExactly(first.toString(), second.toString());
        assertThat(tags.list(repository, "", 10).items()).isEmpty();
        assertThat(manifests.get(repository, first).digest()).isEqualTo(first);
    }

    @Test
    void deletesATagAndLeavesItsManifest() {
        addBlobs();
        Digest digest = push("v1", image("")).digest();

        tags.delete(ALICE, repository, Tag.parse("v1"));

        assertThat(manifests.get(repository, digest).digest()).isEqualTo(digest);
        assertThat(history("v1")).containsExactly(digest.toString());
        assertThat(catchThrowableOfType(
                        RegistryException.NotFound.class, () -> tags.delete(ALICE, repository, Tag.parse("v1"))))
                .isNotNull();
    }

    @Test
    void keepsABlobWhileAManifestNeedsIt() {
        addBlobs();
        Digest digest = push("v1", image("")).digest();

        assertThat(catchThrowableOfType(RegistryException.Refused.class, () -> blobs.delete(ALICE, repository, CONFIG)))
                .hasMessageContaining("needs this blob");
        manifests.delete(ALICE, repository, digest);
        blobs.delete(ALICE, repository, CONFIG);

        assertThat(catchThrowableOfType(RegistryException.NotFound.class, () -> blobs.sizeOf(repository, CONFIG)))
                .isNotNull();
    }

    @Test
    void setsAllTagsOfAPushOrNone() {
        addBlobs();
        byte[] image = image("");
        Digest digest = Digest.of(DigestAlgorithm.SHA512, image);
        List<Tag> names = IntStream.range(0, 40).mapToObj(i -> Tag.parse("t" + i)).toList();

        manifests.push(ALICE, repository, digest, names, image, null);

        assertThat(tags.list(repository, "", 100).items()).hasSize(40).isSortedAccordingTo(
                (a, b) -> a.value().compareTo(b.value()));
        assertThat(manifests.get(repository, names.get(7)).digest()).isEqualTo(digest);
    }

    @Test
    void findsAChildThatComesAfterItsIndex() {
        addBlobs();
        ManifestService lenient = new ManifestService(postgres.database(), TestPolicy.SPARSE);
        byte[] image = image("");
        Digest child = Digest.of(DigestAlgorithm.SHA256, image);
        byte[] index = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[{\"mediaType\":\""
                        + MediaTypes.OCI_MANIFEST + "\",\"digest\":\"" + child + "\",\"size\":" + image.length + "}]}")
                .getBytes(UTF_8);
        assertThat(catchThrowableOfType(RegistryException.NotFound.class, () -> push("strict", index))).isNotNull();

        lenient.push(ALICE, repository, Tag.parse("index"), index, null);
        assertThat(childrenThere()).containsExactly("0");
        push("image", image);
        assertThat(childrenThere()).containsExactly("1");
        manifests.delete(ALICE, repository, child);
        assertThat(childrenThere()).containsExactly("0");
    }

    @Test
    void manyPushesOfTheSameManifestAndTagsAllSucceed() throws Exception {
        addBlobs();
        byte[] image = image("");
        Digest digest = Digest.of(DigestAlgorithm.SHA256, image);
        List<Tag> forth = Stream.of("a", "b", "c", "d").map(Tag::parse).toList();
        List<Tag> back = Stream.of("d", "c", "b", "a").map(Tag::parse).toList();
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Object>> pushes = IntStream.range(0, 200).<Callable<Object>>mapToObj(i -> () -> i % 10 == 9
                            ? deleted(digest)
                            : manifests.push(ALICE, repository, digest, i % 2 == 0 ? forth : back, image, null))
                    .toList();
            for (Future<Object> done : clients.invokeAll(pushes)) {
                done.get();
            }
        } finally {
            clients.shutdownNow();
        }
        manifests.push(ALICE, repository, digest, forth, image, null);
        assertThat(tags.list(repository, "", 10).items()).containsExactlyElementsOf(forth);
    }

    private Object deleted(Digest digest) {
        try {
            manifests.delete(ALICE, repository, digest);
        } catch (RegistryException.NotFound gone) {
            return gone;
        }
        return digest;
    }

    private List<String> childrenThere() {
        return postgres.column("select count(*) from manifest_child c join repository r on r.id = c.repository_id"
                + " join manifest m on m.repository_id = r.id and m.digest = c.digest where r.name = '" + repository
                + "'");
    }

    private List<String> history(String tag) {
        return postgres.column("select digest_text(h.digest) from tag_history h join repository r on"
                + " r.id = h.repository_id where r.name = '" + repository + "' and h.name = '" + tag + "' order by h.id");
    }

    private ManifestService.Pushed push(String tag, byte[] content) {
        return manifests.push(ALICE, repository, Tag.parse(tag), content, null);
    }

    private void addBlobs() {
        postgres.database().transaction(tx -> {
            blobs.add(ALICE, tx, repository, CONFIG, 2, Seen.BY_ITSELF);
            blobs.add(ALICE, tx, repository, LAYER, 5, Seen.BY_ITSELF);
            return null;
        });
    }

    private static byte[] image(String more) {
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                        + descriptor(Descriptor.of("application/vnd.oci.image.config.v1+json", CONFIG, 2))
                        + ",\"layers\":[{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"" + LAYER
                        + "\",\"size\":5},{\"mediaType\":\"application/vnd.oci.image.layer.v1.tar\",\"digest\":\"" + LAYER
                        + "\",\"size\":5}]" + (more.isEmpty() ? "" : "," + more) + "}")
                .getBytes(UTF_8);
    }

    private static String descriptor(Descriptor descriptor) {
        return "{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\"" + descriptor.digest() + "\",\"size\":"
                + descriptor.sizeBytes() + "}";
    }
}
