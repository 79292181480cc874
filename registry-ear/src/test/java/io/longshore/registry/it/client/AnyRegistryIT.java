package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.Repository;
import io.longshore.registry.client.StoredBlob;
import io.longshore.registry.client.StoredManifest;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.fault.CuttableLine;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the library of this project promises whatever the registry can do: of ours, and of one that can do less. */
class AnyRegistryIT {
    private static final int CHUNK_BYTES = 100_000;
    private static final String SBOM = "application/vnd.example.sbom";
    private static final String SIGNATURE = "application/vnd.example.signature";

    private static DebianRegistry debian;

    private final TestImage image = TestImage.small(23);
    private final byte[] content = new byte[7 * CHUNK_BYTES + 1];

    /** Which registry. */
    enum Make {
        OURS,
        DEBIANS;

        URI url() {
            return this == OURS ? RegistryServer.shared().uri() : debian.url();
        }
    }

    @BeforeAll
    static void start(@TempDir Path folder) {
        debian = DebianRegistry.start(folder);
    }

    @AfterAll
    static void stop() {
        if (debian != null) {
            debian.close();
        }
    }

    private static RegistryClient client(String authority) {
        return RegistryClient.builder(authority).chunkBytes(CHUNK_BYTES).build();
    }

    private static RepositoryName fresh() {
        return RepositoryName.parse(TargetRegistry.get().newRepository("any"));
    }

    private static Repository repository(Make make) {
        return client(make.url().getAuthority()).repository(fresh());
    }

    private static byte[] pull(Repository repository, Digest digest) throws IOException {
        try (InputStream in = repository.blobs().pull(digest)) {
            return in.readAllBytes();
        }
    }

    private Descriptor pushImage(Repository repository) throws IOException {
        for (Blob blob : image.blobs()) {
            repository.blobs().push(blob.bytes());
        }
        TestArtifact.of(image).push(repository, List.of(Tag.parse("v1")));
        return repository.manifests().head(image.digest()).orElseThrow();
    }

    private byte[] content() {
        new Random(31).nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @EnumSource
    void takesBlobsInEveryWay(Make make) throws IOException {
        Repository repository = repository(make);
        Digest digest = Digest.of(DigestAlgorithm.SHA256, content());

        assertThat(repository.blobs().head(digest)).isEmpty();
        assertThat(repository.blobs().push(new ByteArrayInputStream(content)))
                .isEqualTo(new StoredBlob(digest, content.length));
        assertThat(repository.blobs().push(content).digest()).isEqualTo(digest);
        repository.blobs().push(
                Descriptor.of("a/b", digest, content.length), () -> new ByteArrayInputStream(content));
        assertThat(repository.blobs().head(digest)).hasValue(content.length);
        assertThat(pull(repository, digest)).isEqualTo(content);
        assertThat(pull(repository, repository.blobs().push(new byte[0]).digest())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWithAPushThatWasCut(Make make) throws Exception {
        try (CuttableLine line = new CuttableLine(make.url().getPort())) {
            Repository repository = client("127.0.0.1:" + line.port()).repository(fresh());

            Digest digest = Digest.of(DigestAlgorithm.SHA256, content());
            CompletableFuture<Integer> cut = line.breakAfter(content.length / 2);

            repository.blobs().push(
                    Descriptor.of("a/b", digest, content.length), () -> new ByteArrayInputStream(content));

            assertThat(cut).isCompleted();
            assertThat(pull(repository, digest)).isEqualTo(content);
        }
    }

    /** Where a chunk came in part, {@code docker-registry} loses the upload, and a stream cannot be read again. */
    @ParameterizedTest
    @EnumSource
    void storesAStreamWholeOrNotAtAllIfItWasCut(Make make) throws Exception {
        try (CuttableLine line = new CuttableLine(make.url().getPort())) {
            Repository repository = client("127.0.0.1:" + line.port()).repository(fresh());
            Digest digest = Digest.of(DigestAlgorithm.SHA256, content());
            CompletableFuture<Integer> cut = line.breakAfter(content.length / 2);

            try {
                repository.blobs().push(new ByteArrayInputStream(content));
                assertThat(pull(repository, digest)).isEqualTo(content);
            } catch (RegistryException.NotFound lost) {
                assertThat(make).isEqualTo(Make.DEBIANS);
                assertThat(repository.blobs().head(digest)).isEmpty();
            }
            assertThat(cut).isCompleted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnWithAPullThatWasCut(Make make) throws Exception {
        try (CuttableLine line = new CuttableLine(make.url().getPort())) {
            Repository repository = client("127.0.0.1:" + line.port()).repository(fresh());
            Digest digest = repository.blobs().push(content()).digest();

            CompletableFuture<Integer> cut = line.breakAfter(content.length / 2);

            assertThat(pull(repository, digest)).isEqualTo(content);
            assertThat(cut).isCompleted();
        }
    }

    @ParameterizedTest
    @EnumSource
    void mountsWhatIsThere(Make make) throws IOException {
        RegistryClient client = client(make.url().getAuthority());
        Repository from = client.repository(fresh());
        Repository to = client.repository(fresh());
        Digest digest = from.blobs().push(content()).digest();

        assertThat(to.blobs().mount(digest, from.name())).isTrue();
        assertThat(to.blobs().mount(image.digest(), from.name())).isFalse();
        assertThat(pull(to, digest)).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource
    void setsSeveralTags(Make make) throws IOException {
        Repository repository = repository(make);
        pushImage(repository);
        List<Tag> tags = Stream.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k").map(Tag::parse).toList();

        TestArtifact.of(image).push(repository, tags);

        assertThat(repository.tags()).containsAll(tags).contains(Tag.parse("v1"));
        for (Tag tag : tags) {
            assertThat(repository.manifests().get(tag).digest()).isEqualTo(image.digest());
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasNothingOfWhatIsNotThere(Make make) throws IOException {
        Repository repository = repository(make);

        assertThat(repository.manifests().head(Tag.parse("v1"))).isEmpty();
        assertThat(repository.manifests().head(image.digest())).isEmpty();
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> repository.manifests().get(Tag.parse("v1")));
        assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(() -> pull(repository, image.digest()));
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> repository.manifests().delete(image.digest()));
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> repository.tags().toList());
        assertThat(repository.referrers(image.digest())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void listsReferrersFromTheirPushToTheirDeletion(Make make) throws IOException {
        Repository repository = repository(make);
        Descriptor subject = pushImage(repository);
        TestArtifact sbom = TestArtifact.about(subject, SBOM, "first");
        TestArtifact signature = TestArtifact.about(subject, SIGNATURE, "second");

        StoredManifest stored = sbom.push(repository, List.of(Tag.parse("sbom")));
        signature.push(repository, List.of());

        assertThat(stored.subject()).contains(subject.digest());
        assertThat(repository.referrers(subject.digest()))
                .containsExactlyInAnyOrder(sbom.entry(), signature.entry());
        assertThat(repository.referrers(subject.digest(), SIGNATURE)).containsExactly(signature.entry());

        repository.manifests().delete(signature.digest());
        assertThat(repository.referrers(subject.digest())).containsExactly(sbom.entry());

        repository.manifests().delete(sbom.digest());
        assertThat(repository.referrers(subject.digest())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void losesNoReferrerOfManyThatArePushedAtOnce(Make make) throws Exception {
        Repository repository = repository(make);
        Descriptor subject = pushImage(repository);
        List<TestArtifact> artifacts = new ArrayList<>();
        List<Future<StoredManifest>> pushes = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < 24; i++) {
                TestArtifact artifact = TestArtifact.about(subject, SBOM, "number " + i);
                artifacts.add(artifact);
                pushes.add(threads.submit(() -> artifact.push(repository, List.of())));
            }
            for (Future<StoredManifest> push : pushes) {
                push.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(repository.referrers(subject.digest(), SBOM))
                .containsExactlyInAnyOrderElementsOf(artifacts.stream().map(TestArtifact::entry).toList());
    }

    @ParameterizedTest
    @EnumSource
    void deletesATagAndLeavesTheManifest(Make make) throws IOException {
        Repository repository = repository(make);
        pushImage(repository);
        TestArtifact.of(image).push(repository, List.of(Tag.parse("v2")));

        repository.manifests().delete(Tag.parse("v1"));

        assertThat(repository.tags()).containsExactly(Tag.parse("v2"));
        assertThat(repository.manifests().head(image.digest())).isPresent();
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> repository.manifests().delete(Tag.parse("v1")));
    }

    @ParameterizedTest
    @EnumSource
    void deletesManifestsAndBlobs(Make make) throws IOException {
        Repository repository = repository(make);
        pushImage(repository);

        repository.manifests().delete(image.digest());
        repository.blobs().delete(image.config().digest());

        assertThat(repository.manifests().head(image.digest())).isEmpty();
        assertThat(repository.manifests().head(Tag.parse("v1"))).isEmpty();
        assertThat(repository.blobs().head(image.config().digest())).isEmpty();
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> repository.blobs().delete(image.config().digest()));
    }
}
