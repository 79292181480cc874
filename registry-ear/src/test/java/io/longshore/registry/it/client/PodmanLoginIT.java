package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.client.ClosedRegistry.Challenge;
import io.longshore.registry.it.client.InstalledClient.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PodmanLoginIT {
    private static final Account OWNER = ClosedRegistry.OWNER;
    private static final Account READER = ClosedRegistry.READER;

    @TempDir
    private Path folder;

    private InstalledClient podman;
    private ClosedRegistry closed;
    private String repository;

    private void findPodman(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);
        repository = closed.newRepository("podman");
        podman = ContainersHome.create(folder, closed.authority()).podman();
    }

    @AfterEach
    void endWhatPodmanLeavesRunning() {
        if (podman != null && !Requirement.isRoot()) {
            // It keeps the user's namespace open in a process of its own, until told to renew it.
            podman.run("system", "migrate");
        }
    }

    @ParameterizedTest
    @EnumSource
    void pushesAndPullsAfterALogin(Challenge challenge) {
        findPodman(challenge);
        TestImage image = TestImage.small(230);
        String id = loaded(image);

        login(OWNER);
        assertThat(podman.run("login", "--get-login", closed.authority()).out().strip()).isEqualTo(OWNER.name());
        podman.run("push", id, image("v1"));
        podman.run("rmi", "--all", "--force");
        podman.run("pull", image("v1"));

        assertThat(podman.run("image", "inspect", "--format", "{{.Id}}", image("v1")).out().strip())
                .isEqualTo(image.config().digest().hex());
    }

    @ParameterizedTest
    @EnumSource
    void isToldThatAPasswordIsWrong(Challenge challenge) {
        findPodman(challenge);

        Result login = attemptLogin(OWNER.mistyped());

        assertThat(login.status()).isNotZero();
        assertThat(login.err()).contains("invalid username/password");
        assertThat(podman.attempt("login", "--get-login", closed.authority()).status()).isNotZero();
    }

    @ParameterizedTest
    @EnumSource
    void isAnonymousAgainAfterALogout(Challenge challenge) {
        findPodman(challenge);
        closed.asOwner().push(repository, "v1", TestImage.small(234));
        login(OWNER);
        podman.run("pull", image("v1"));

        podman.run("logout", closed.authority());

        podman.run("rmi", "--all", "--force");
        Result pull = podman.attempt("pull", image("v1"));
        assertThat(pull.status()).isNotZero();
        assertThat(pull.err()).containsAnyOf("authentication required", "unauthorized");
    }

    @ParameterizedTest
    @EnumSource(names = "BEARER")
    void pullsWhatIsPublicWithoutALogin(Challenge challenge) {
        findPodman(challenge);
        String published = closed.newPublicRepository("podman");
        closed.asOwner().push(published, "v1", TestImage.small(236));

        podman.run("pull", closed.image(published, "v1"));
        assertThat(podman.run("search", "--list-tags", closed.authority() + '/' + published).out()).contains("v1");
    }

    @ParameterizedTest
    @EnumSource
    void isToldThatItMayNotPush(Challenge challenge) {
        findPodman(challenge);
        String id = loaded(TestImage.small(238));
        login(READER);

        Result push = podman.attempt("push", id, image("v1"));

        assertThat(push.status()).isNotZero();
        assertThat(push.err()).contains("denied");
        assertThat(closed.asOwner().hasManifest(repository, "v1")).isFalse();
    }

    /** The catalog, of which a token says nothing but that it may be asked for. */
    @ParameterizedTest
    @EnumSource
    void findsTheRepositoriesThatItMaySee(Challenge challenge) {
        findPodman(challenge);
        closed.asOwner().push(repository, "v1", TestImage.small(240));
        login(READER);

        assertThat(podman.run("search", closed.authority() + '/' + repository).out()).contains(repository);
    }

    private String loaded(TestImage image) {
        ImageLayout.write(folder.resolve("layout"), "v1", image);
        return podman.run("pull", "--quiet", "oci:layout:v1").out().strip();
    }

    private void login(Account account) {
        Result login = attemptLogin(account);
        assertThat(login.out()).as("%s", login).contains("Login Succeeded");
    }

    private Result attemptLogin(Account account) {
        return podman.attempt(
                "login", "--username", account.name(), "--password", account.password(), closed.authority());
    }

    private String image(Object reference) {
        return closed.image(repository, reference);
    }
}
