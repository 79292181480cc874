package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.client.ClosedRegistry.Challenge;
import io.longshore.registry.it.client.InstalledClient.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildahLoginIT {
    private static final Account OWNER = ClosedRegistry.OWNER;

    private final ClosedRegistry closed = ClosedRegistry.asking(Challenge.BEARER);
    private final String repository = closed.newRepository("buildah");

    @TempDir
    private Path folder;

    private InstalledClient buildah;

    @BeforeEach
    void findBuildah() throws IOException {
        buildah = ContainersHome.create(folder, closed.authority()).buildah();
        closed.asOwner().push(repository, "base", TestImage.small(270));
        Files.writeString(folder.resolve("Containerfile"), "FROM " + image("base") + "\nCOPY Containerfile /\n");
    }

    @Test
    void buildsOnAnImageOfTheRegistryAndPushesAfterALogin() {
        buildah.run("login", "--username", OWNER.name(), "--password", OWNER.password(), closed.authority());

        buildah.run("build", "--tag", "made", ".");
        buildah.run("push", "made", "docker://" + image("v1"));

        assertThat(closed.asOwner().tags(repository)).containsExactlyInAnyOrder("base", "v1");
    }

    @Test
    void takesCredentialsWithEachCommand() {
        buildah.run("build", "--creds", OWNER.pair(), "--tag", "made", ".");
        buildah.run("push", "--creds", OWNER.pair(), "made", "docker://" + image("v1"));

        assertThat(closed.asOwner().tags(repository)).containsExactlyInAnyOrder("base", "v1");
    }

    @Test
    void isToldThatItMayNotPullTheImageToBuildOn() {
        Result build = buildah.attempt("build", "--tag", "made", ".");

        assertThat(build.status()).isNotZero();
        assertThat(build.err()).containsAnyOf("authentication required", "unauthorized");
    }

    private String image(String tag) {
        return closed.image(repository, tag);
    }
}
