package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.client.ClosedRegistry.Challenge;
import io.longshore.registry.it.client.InstalledClient.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContainerdLoginIT {
    private static final Account OWNER = ClosedRegistry.OWNER;
    private static final Account READER = ClosedRegistry.READER;

    @TempDir
    private Path folder;

    private Containerd containerd;
    private InstalledClient ctr;
    private ClosedRegistry closed;
    private String repository;

    @BeforeEach
    void startContainerd() {
        closed = ClosedRegistry.asking(Challenge.BEARER);
        repository = closed.newRepository("containerd");
        containerd = Containerd.start(folder);
        ctr = containerd.client();
    }

    @AfterEach
    void stopContainerd() {
        if (containerd != null) {
            containerd.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void pullsAndPushesAsAUser(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);
        TestImage image = TestImage.small(280);
        closed.asOwner().push(repository, "v1", image);

        ctr.run("images", "pull", "--plain-http", "--user", READER.pair(), image("v1"));
        ctr.run("images", "push", "--plain-http", "--user", OWNER.pair(), image("v2"), image("v1"));

        assertHas(image);
        assertThat(closed.asOwner().tags(repository)).containsExactlyInAnyOrder("v1", "v2");
    }

    @Test
    void pullsWhatIsPublicAsNobody() {
        String published = closed.newPublicRepository("containerd");
        TestImage image = TestImage.small(282);
        closed.asOwner().push(published, "v1", image);

        ctr.run("images", "pull", "--plain-http", closed.image(published, "v1"));

        assertHas(image);
    }

    @ParameterizedTest
    @EnumSource
    void isToldThatAPasswordIsWrong(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);
        closed.asOwner().push(repository, "v1", TestImage.small(284));

        Result pull = ctr.attempt(
                "images", "pull", "--plain-http", "--user", OWNER.mistyped().pair(), image("v1"));

        assertThat(pull.status()).isNotZero();
        assertThat(pull.err()).containsAnyOf("401", "authorization failed");
    }

    @Test
    void isToldThatItMayNotPush() {
        closed.asOwner().push(repository, "v1", TestImage.small(286));
        ctr.run("images", "pull", "--plain-http", "--user", READER.pair(), image("v1"));

        Result push = ctr.attempt(
                "images", "push", "--plain-http", "--user", READER.pair(), image("v2"), image("v1"));

        assertThat(push.status()).isNotZero();
        assertThat(push.err()).containsAnyOf("insufficient_scope", "authorization failed", "403 Forbidden");
        assertThat(closed.asOwner().tags(repository)).containsExactly("v1");
    }

    /** The name of the image says nothing of where it lies: that is in the file. */
    @Test
    void findsTheRegistryByTheFileOfAHost() throws IOException {
        TestImage image = TestImage.small(288);
        closed.asOwner().push(repository, "v1", image);
        Path hosts = hosts("");

        String name = "registry.example.com/" + repository + ":v1";
        ctr.run("images", "pull", "--hosts-dir", hosts.toString(), "--user", READER.pair(), name);

        assertHas(image);
    }

    @Test
    void showsThePasswordThatIsInTheFileOfAHost() throws IOException {
        TestImage image = TestImage.small(290);
        closed.asOwner().push(repository, "v1", image);
        Path hosts = hosts("[host.\"%s\".header]%nauthorization = \"%s\"%n"
                .formatted(closed.asOwner().url(), OWNER.basic()));
        String name = "registry.example.com/" + repository;

        ctr.run("images", "pull", "--hosts-dir", hosts.toString(), name + ":v1");
        ctr.run("images", "push", "--hosts-dir", hosts.toString(), name + ":v2", name + ":v1");

        assertHas(image);
        assertThat(closed.asOwner().tags(repository)).containsExactlyInAnyOrder("v1", "v2");
    }

    private Path hosts(String more) throws IOException {
        Path hosts = folder.resolve("hosts");
        Path file = hosts.resolve("registry.example.com/hosts.toml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                server = "%1$s"

                [host."%1$s"]
                capabilities = ["pull", "resolve", "push"]

                %2$s""".formatted(closed.asOwner().url(), more));
        return hosts;
    }

    private void assertHas(TestImage image) {
        assertHas(image.manifest());
        image.blobs().forEach(this::assertHas);
    }

    private void assertHas(Blob blob) {
        assertThat(ctr.run("content", "get", blob.digest().toString()).bytes()).as("%s", blob).isEqualTo(blob.bytes());
    }

    private String image(Object reference) {
        return closed.image(repository, reference);
    }
}
