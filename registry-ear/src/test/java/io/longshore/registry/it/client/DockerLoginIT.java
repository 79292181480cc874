package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.client.ClosedRegistry.Challenge;
import io.longshore.registry.it.client.InstalledClient.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DockerLoginIT {
    private static final Account OWNER = ClosedRegistry.OWNER;
    private static final Account READER = ClosedRegistry.READER;

    @TempDir
    private Path folder;

    private DockerEngine engine;
    private InstalledClient docker;
    private ClosedRegistry closed;
    private String repository;

    @BeforeEach
    void startDocker() {
        closed = ClosedRegistry.asking(Challenge.BEARER);
        repository = closed.newRepository("docker");
        engine = DockerEngine.start(folder);
        docker = engine.client();
    }

    @AfterEach
    void stopDocker() {
        if (engine != null) {
            engine.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void pushesAndPullsAfterALogin(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);
        TestImage image = load(TestImage.small(200), image("v1"));

        assertThat(login(OWNER).out()).contains("Login Succeeded");
        docker.run("push", image("v1"));
        docker.run("rmi", image("v1"));
        docker.run("pull", image("v1"));

        assertThat(imageId(image("v1"))).isEqualTo(image.config().digest().toString());
        assertThat(closed.asOwner().tags(repository)).containsExactly("v1");
    }

    @ParameterizedTest
    @EnumSource
    void isToldThatAPasswordIsWrong(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);

        Result login = login(OWNER.mistyped());

        assertThat(login.status()).isNotZero();
        assertThat(login.err()).containsIgnoringCase("unauthorized");
        assertThat(folder.resolve(".docker/config.json")).doesNotExist();
    }

    @Test
    void pullsWhatIsPublicWithoutALogin() {
        String published = closed.newPublicRepository("docker");
        TestImage image = TestImage.small(202);
        closed.asOwner().push(published, "v1", image);

        docker.run("pull", closed.image(published, "v1"));

        assertThat(imageId(closed.image(published, "v1"))).isEqualTo(image.config().digest().toString());
    }

    @Test
    void isAnonymousAgainAfterALogout() {
        String published = closed.newPublicRepository("docker");
        closed.asOwner().push(published, "v1", TestImage.small(204));
        closed.asOwner().push(repository, "v1", TestImage.small(206));
        login(OWNER);
        docker.run("pull", image("v1"));

        docker.run("logout", closed.authority());

        docker.run("pull", closed.image(published, "v1"));
        docker.run("rmi", image("v1"));
        Result pull = docker.attempt("pull", image("v1"));
        assertThat(pull.status()).isNotZero();
        assertThat(pull.err()).contains("unauthorized: log in");
    }

    @Test
    void isToldTheSameOfWhatIsPrivateAndOfWhatDoesNotExist() {
        closed.asOwner().push(repository, "v1", TestImage.small(208));
        String unknown = closed.newRepository("docker");

        Result ofPrivate = docker.attempt("pull", image("v1"));
        Result ofUnknown = docker.attempt("pull", closed.image(unknown, "v1"));

        assertThat(ofPrivate.status()).isNotZero();
        assertThat(ofPrivate.err().replace(repository, unknown)).isEqualTo(ofUnknown.err());
    }

    @ParameterizedTest
    @EnumSource
    void isToldThatItMayNotPush(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);
        load(TestImage.small(210), image("v1"));
        login(READER);

        Result push = docker.attempt("push", image("v1"));

        assertThat(push.status()).isNotZero();
        assertThat(push.err()).contains("denied");
        assertThat(closed.asOwner().hasManifest(repository, "v1")).isFalse();
    }

    @Test
    void isToldToLogInToPushWhereItMayPull() {
        String published = closed.image(closed.newPublicRepository("docker"), "v1");
        load(TestImage.small(212), published);

        Result push = docker.attempt("push", published);

        assertThat(push.status()).isNotZero();
        assertThat(push.err()).containsAnyOf("unauthorized", "denied");
    }

    @ParameterizedTest
    @EnumSource
    void mountsLayersFromTheRepositoryThatHasThem(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);
        load(TestImage.small(214), image("v1"));
        login(OWNER);
        docker.run("push", image("v1"));
        String other = closed.newRepository("docker");

        docker.run("tag", image("v1"), closed.image(other, "v1"));
        Result push = docker.run("push", closed.image(other, "v1"));

        assertThat(push.out()).contains("Mounted from " + repository).doesNotContain("Pushed");
        assertThat(closed.asOwner().hasManifest(other, "v1")).isTrue();
    }

    @Test
    void pullsAllTagsOfARepository() {
        closed.asOwner().push(repository, "v1", TestImage.small(216));
        closed.asOwner().push(repository, "v2", TestImage.small(218));
        login(READER);

        docker.run("pull", "--all-tags", closed.authority() + '/' + repository);

        assertThat(docker.run("images", "--format", "{{.Tag}}").out().lines()).containsExactlyInAnyOrder("v1", "v2");
    }

    /** What the command does by itself, without the daemon. */
    @ParameterizedTest
    @EnumSource
    void assemblesAManifestListOfPushedImages(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);
        closed.asOwner().push(repository, "amd64", TestImage.small("amd64", 220));
        closed.asOwner().push(repository, "arm64", TestImage.small("arm64", 222));
        login(OWNER);

        docker.run("manifest", "create", "--insecure", image("v1"), image("amd64"), image("arm64"));
        docker.run("manifest", "push", "--insecure", image("v1"));

        JsonNode list = TargetRegistry.parse(docker.run("manifest", "inspect", "--insecure", image("v1")).out());
        assertThat(list.path("manifests")).hasSize(2);
    }

    private Result login(Account account) {
        return docker.attempt(
                "login", "--username", account.name(), "--password", account.password(), closed.authority());
    }

    private TestImage load(TestImage image, String reference) {
        Path file = folder.resolve("image.tar");
        ImageArchive.writeDocker(file, reference, image);
        docker.run("load", "--input", file.toString());
        return image;
    }

    private String imageId(String image) {
        return docker.run("image", "inspect", "--format", "{{.Id}}", image).out().strip();
    }

    private String image(Object reference) {
        return closed.image(repository, reference);
    }
}
