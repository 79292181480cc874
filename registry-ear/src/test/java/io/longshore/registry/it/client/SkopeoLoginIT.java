package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longshore.registry.it.client.ClosedRegistry.Challenge;
import io.longshore.registry.it.client.InstalledClient.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SkopeoLoginIT {
    private static final Account OWNER = ClosedRegistry.OWNER;
    private static final Account READER = ClosedRegistry.READER;

    @TempDir
    private Path folder;

    private InstalledClient skopeo;
    private ClosedRegistry closed;
    private TargetRegistry registry;
    private String repository;

    private void findSkopeo(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);
        registry = closed.asOwner();
        repository = closed.newRepository("skopeo");
        skopeo = ContainersHome.create(folder, closed.authority()).skopeo();
    }

    @ParameterizedTest
    @EnumSource
    void copiesInAndOutWithCredentials(Challenge challenge) {
        findSkopeo(challenge);
        TestIndex index = TestIndex.small(250);
        ImageLayout.write(folder.resolve("layout"), "v1", index);

        skopeo.run("copy", "--all", "--dest-creds", OWNER.pair(), "oci:layout:v1", docker("v1"));
        skopeo.run("copy", "--all", "--src-creds", READER.pair(), docker("v1"), "oci:pulled:v1");

        assertThat(registry.manifest(repository, "v1")).usingRecursiveComparison().isEqualTo(index.manifest());
        assertThat(ImageLayout.at(folder.resolve("pulled")).read(index.digest())).isEqualTo(index.manifest().bytes());
    }

    @ParameterizedTest
    @EnumSource
    void copiesAfterALoginAndNotAfterALogout(Challenge challenge) {
        findSkopeo(challenge);
        registry.push(repository, "v1", TestImage.small(252));

        Result login = attemptLogin(OWNER);
        assertThat(login.out()).as("%s", login).contains("Login Succeeded");
        skopeo.run("copy", docker("v1"), docker("v2"));
        skopeo.run("logout", closed.authority());
        Result copy = skopeo.attempt("copy", docker("v1"), docker("v3"));

        assertThat(copy.status()).isNotZero();
        assertThat(copy.err()).containsAnyOf("authentication required", "unauthorized");
        assertThat(registry.tags(repository)).containsExactlyInAnyOrder("v1", "v2");
    }

    @ParameterizedTest
    @EnumSource
    void isToldThatAPasswordIsWrong(Challenge challenge) {
        findSkopeo(challenge);

        Result login = attemptLogin(OWNER.mistyped());

        assertThat(login.status()).isNotZero();
        assertThat(login.err()).contains("invalid username/password");
    }

    @ParameterizedTest
    @EnumSource(names = "BEARER")
    void readsWhatIsPublicWithoutALogin(Challenge challenge) {
        findSkopeo(challenge);
        String published = closed.newPublicRepository("skopeo");
        TestImage image = TestImage.small(254);
        registry.push(published, "v1", image);
        String source = "docker://" + closed.image(published, "v1");

        skopeo.run("copy", source, "oci:pulled:v1");
        JsonNode said = TargetRegistry.parse(skopeo.run("inspect", source).out());
        JsonNode listed = TargetRegistry.parse(
                skopeo.run("list-tags", "docker://" + closed.authority() + '/' + published).out());

        assertThat(ImageLayout.at(folder.resolve("pulled")).read(image.digest())).isEqualTo(image.manifest().bytes());
        assertThat(said.path("Digest").asText()).isEqualTo(image.digest().toString());
        assertThat(listed.path("Tags")).extracting(JsonNode::asText).containsExactly("v1");
    }

    @ParameterizedTest
    @EnumSource
    void listsTagsWithCredentialsOnly(Challenge challenge) {
        findSkopeo(challenge);
        registry.push(repository, "v1", TestImage.small(256));
        String name = "docker://" + closed.authority() + '/' + repository;

        assertThat(skopeo.run("list-tags", "--creds", READER.pair(), name).out()).contains("\"v1\"");
        assertThat(skopeo.attempt("list-tags", name).status()).isNotZero();
    }

    @ParameterizedTest
    @EnumSource
    void deletesWhereItMay(Challenge challenge) {
        findSkopeo(challenge);
        registry.push(repository, "v1", TestImage.small(258));

        Result refused = skopeo.attempt("delete", "--creds", READER.pair(), docker("v1"));
        assertThat(refused.status()).isNotZero();
        assertThat(registry.hasManifest(repository, "v1")).isTrue();

        skopeo.run("delete", "--creds", OWNER.pair(), docker("v1"));
        assertThat(registry.hasManifest(repository, "v1")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void isToldThatItMayNotPush(Challenge challenge) {
        findSkopeo(challenge);
        ImageLayout.write(folder.resolve("layout"), "v1", TestImage.small(260));

        Result copy = skopeo.attempt("copy", "--dest-creds", READER.pair(), "oci:layout:v1", docker("v1"));

        assertThat(copy.status()).isNotZero();
        assertThat(copy.err()).contains("denied");
    }

    @ParameterizedTest
    @EnumSource
    void mountsLayersFromTheRepositoryThatHasThem(Challenge challenge) {
        findSkopeo(challenge);
        TestImage image = TestImage.small(262);
        ImageLayout.write(folder.resolve("layout"), "v1", image);
        attemptLogin(OWNER);
        skopeo.run("copy", "oci:layout:v1", docker("v1"));
        String other = closed.newRepository("skopeo");

        Result copy = skopeo.run("--debug", "copy", docker("v1"), "docker://" + closed.image(other, "v1"));

        assertThat(copy.err()).contains("... mount OK");
        assertThat(registry.manifest(other, "v1").digest()).isEqualTo(image.digest());
    }

    private Result attemptLogin(Account account) {
        return skopeo.attempt(
                "login", "--username", account.name(), "--password", account.password(), closed.authority());
    }

    private String docker(Object reference) {
        return "docker://" + closed.image(repository, reference);
    }
}
