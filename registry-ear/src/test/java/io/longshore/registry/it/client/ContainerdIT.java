package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.client.InstalledClient.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerdIT {
    private final TargetRegistry registry = TargetRegistry.get();
    private final String repository = registry.newRepository("containerd");

    @TempDir
    private Path folder;

    private Containerd containerd;
    private InstalledClient ctr;

    @BeforeEach
    void startContainerd() {
        containerd = Containerd.start(folder);
        ctr = containerd.client();
    }

    @AfterEach
    void stopContainerd() {
        if (containerd != null) {
            containerd.close();
        }
    }

    @Test
    void pullsByTag() {
        TestImage image = TestImage.small(60);
        registry.push(repository, "v1", image);

        ctr.run("images", "pull", "--plain-http", image("v1"));

        assertHas(image);
    }

    @Test
    void pullsByDigest() {
        TestImage image = TestImage.small(68);
        registry.push(repository, "v1", image);

        ctr.run("images", "pull", "--plain-http", image(image.digest()));

        assertHas(image);
    }

    @Test
    void pullsAnIndexWithAllItsImages() {
        TestIndex index = TestIndex.small(61);
        registry.push(repository, "v1", index);

        ctr.run("images", "pull", "--plain-http", "--all-platforms", image("v1"));

        assertHas(index.manifest());
        index.images().forEach(this::assertHas);
    }

    @Test
    void pullsTheImageOfThePlatformAskedFor() {
        TestIndex index = TestIndex.small(62);
        registry.push(repository, "v1", index);

        ctr.run("images", "pull", "--plain-http", "--platform", "linux/arm64", image("v1"));

        assertHas(index.images().get(1));
    }

    @Test
    void pushesAnImageByteForByte() {
        TestImage image = TestImage.small(63);
        ImageLayout.write(folder.resolve("layout"), "v1", image);
        importLayout();

        ctr.run("images", "push", "--plain-http", image("v1"));

        assertThat(registry.manifest(repository, "v1")).usingRecursiveComparison().isEqualTo(image.manifest());
        assertThat(image.blobs()).allMatch(blob -> registry.hasBlob(repository, blob.digest()));
    }

    @Test
    void pushesAnIndexWithAllItsImages() {
        TestIndex index = TestIndex.small(64);
        ImageLayout.write(folder.resolve("layout"), "v1", index);
        importLayout();

        ctr.run("images", "push", "--plain-http", image("v1"));

        assertThat(registry.manifest(repository, "v1")).usingRecursiveComparison().isEqualTo(index.manifest());
        assertThat(index.images()).allMatch(image -> registry.hasManifest(repository, image.digest()));
    }

    @Test
    void pushesWhatIsThereAlready() {
        TestImage image = TestImage.small(65);
        registry.push(repository, "v1", image);
        ctr.run("images", "pull", "--plain-http", image("v1"));

        ctr.run("images", "push", "--plain-http", image("v1"));
        ctr.run("images", "push", "--plain-http", image("v2"), image("v1"));

        assertThat(registry.tags(repository)).containsExactlyInAnyOrder("v1", "v2");
    }

    @Test
    void mountsLayersFromTheRepositoryThatHasThem() {
        TestImage image = TestImage.small(66);
        registry.push(repository, "v1", image);
        ctr.run("images", "pull", "--plain-http", image("v1"));
        String other = registry.newRepository("containerd");

        Result push = ctr.run(
                "images", "push", "--plain-http", "--http-dump", registry.image(other, "v1"), image("v1"));

        assertThat(push.out() + push.err())
                .contains("&from=" + repository)
                .doesNotContain("PUT /v2/" + other + "/blobs/uploads/");
        assertThat(registry.manifest(other, "v1").digest()).isEqualTo(image.digest());
    }

    @Test
    void readsTheReasonWhyThereIsNoSuchImage() {
        registry.push(repository, "v1", TestImage.small(67));

        Result pull = ctr.attempt("images", "pull", "--plain-http", image("v2"));

        assertThat(pull.status()).isNotZero();
        assertThat(pull.err()).contains("not found");
    }

    private void importLayout() {
        ImageArchive.writeLayout(folder.resolve("layout.tar"), folder.resolve("layout"));
        ctr.run(
                "images",
                "import",
                "--all-platforms",
                "--no-unpack",
                "--base-name",
                registry.authority() + '/' + repository,
                "layout.tar");
    }

    private void assertHas(TestImage image) {
        assertHas(image.manifest());
        image.blobs().forEach(this::assertHas);
    }

    private void assertHas(Blob blob) {
        assertThat(ctr.run("content", "get", blob.digest().toString()).bytes()).as("%s", blob).isEqualTo(blob.bytes());
    }

    private String image(Object reference) {
        return registry.image(repository, reference);
    }
}
