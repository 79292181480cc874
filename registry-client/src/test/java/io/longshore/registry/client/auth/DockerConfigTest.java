package io.longshore.registry.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {
    private static final String HOST = "registry.example:5000";
    private static final long PATIENCE_SECONDS = 20;

    @TempDir
    private Path folder;

    private Path file(String name, String json) throws IOException {
        return Files.writeString(folder.resolve(name), json.replace('\'', '"'));
    }

    private DockerConfig config(String json) throws IOException {
        return config(file("config.json", json), PATIENCE_SECONDS);
    }

    /** Stores are programs in the folder of the test. */
    private DockerConfig config(Path file, long patienceSeconds) {
        return DockerConfig.of(
                List.of(file), name -> new CredentialStore(folder.resolve(name).toString(), patienceSeconds));
    }

    private void program(String name, String script) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + '\n');
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String basic(CredentialSource source, String host) throws IOException {
        String header = source.credentials(host).orElseThrow().basic();
        return new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
    }

    @Test
    void findsTheLoginOfAHost() throws Exception {
        DockerConfig config = config("{'auths': {'" + HOST + "': {'auth': '" + base64("bob:pass:word") + "'}, 'other': {}}}");

        assertThat(basic(config, HOST)).isEqualTo("bob:pass:word");
        assertThat(config.credentials("other")).isEmpty();
        assertThat(config.credentials("registry.example")).isEmpty();
    }

    @Test
    void readsWhatOldClientsWrote() throws Exception {
        DockerConfig config = config("{'auths': {'https://registry.example:5000/v2/': {'auth': '" + base64("bob:secret\0\0")
                + "'}, 'plain': {'username': 'eve', 'password': 'x', 'auth': ''}}, 'HttpHeaders': {'auths': ['no']}}");

        assertThat(basic(config, HOST)).isEqualTo("bob:secret");
        assertThat(basic(config, "plain")).isEqualTo("eve:x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker.io", "index.docker.io", "registry-1.docker.io"})
    void knowsDockerHubByAllItsNames(String name) throws Exception {
        DockerConfig config = config("{'auths': {'https://index.docker.io/v1/': {'auth': '" + base64("bob:hub") + "'}}}");

        assertThat(basic(config, name)).isEqualTo("bob:hub");
    }

    @Test
    void anIdentityTokenComesBeforeThePassword() throws Exception {
        Credentials found = config("{'auths': {'" + HOST + "': {'auth': '" + base64("bob:x") + "', 'identitytoken': 'abc'}}}")
                .credentials(HOST).orElseThrow();

        assertThat(found.isIdentityToken()).isTrue();
        assertThat(found.secret()).isEqualTo("abc");
        assertThat(found).hasToString("identity token");
    }

    @Test
    void theFirstFileThatKnowsAHostCounts() throws Exception {
        Path first = file("first.json", "{'auths': {'one': {'auth': '" + base64("first:1") + "'}}}");
        Path second = file("second.json", "{'auths': {'one': {'auth': '" + base64("second:1") + "'}, 'two': {'auth': '"
                + base64("second:2") + "'}}}");
        DockerConfig config = DockerConfig.of(List.of(folder.resolve("none.json"), first, second));

        assertThat(basic(config, "one")).isEqualTo("first:1");
        assertThat(basic(config, "two")).isEqualTo("second:2");
    }

    @Test
    void aLoginTakesEffectAtOnce() throws Exception {
        DockerConfig config = config("{}");
        assertThat(config.credentials(HOST)).isEmpty();

        file("config.json", "{'auths': {'" + HOST + "': {'auth': '" + base64("bob:new") + "'}}}");

        assertThat(basic(config, HOST)).isEqualTo("bob:new");
    }

    @Test
    void asksTheStoreOfAHostAndElseTheStoreOfAll() throws Exception {
        program("mine", "read host; echo '{\"ServerURL\": \"'$host'\", \"Username\": \"'$host'\", \"Secret\": \"mine\"}'");
        program("all", "echo '{\"Username\": \"<token>\", \"Secret\": \"of all\"}'");
        DockerConfig config = config("{'credHelpers': {'one': 'mine'}, 'credsStore': 'all'}");

        assertThat(basic(config, "one")).isEqualTo("one:mine");
        assertThat(config.credentials("two").orElseThrow().isIdentityToken()).isTrue();
    }

    @Test
    void aStoreThatHasNothingIsNoError() throws Exception {
        program("empty", "echo 'credentials not found in native keychain'; exit 1");
        DockerConfig config = config("{'credsStore': 'empty', 'auths': {'" + HOST + "': {'auth': '" + base64("bob:file") + "'}}}");

        assertThat(config.credentials("unknown")).isEmpty();
        assertThat(basic(config, HOST)).isEqualTo("bob:file");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "echo 'a secret: the keyring is locked'; exit 1",
        "echo 'a secret'",
        "echo '{\"Username\": \"a secret\"}'",
        "echo '[\"a secret\"]'",
        "true",
        "exec cat /dev/zero"
    })
    void aStoreThatFailsIsAnErrorThatGivesNothingAway(String script) throws Exception {
        program("broken", script);
        DockerConfig config = config("{'credsStore': 'broken'}");

        assertThatThrownBy(() -> config.credentials(HOST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("could not be asked for a login")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aStoreThatHangsIsEnded() throws Exception {
        program("hangs", "sleep 1000");

        assertThatThrownBy(() -> config(file("config.json", "{'credsStore': 'hangs'}"), 1).credentials(HOST))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aStoreIsAProgramOnThePathAndNothingElse() throws Exception {
        Path file = file("config.json", "{'credsStore': '../../tmp/evil'}");

        assertThatThrownBy(() -> DockerConfig.of(List.of(file)).credentials(HOST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no name of a program");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{'auths': 7}", "{'auths': {'a': {'auth': 'a secret that is not base64'}}}", "{'auths'"})
    void whatCannotBeReadIsAnErrorThatGivesNothingAway(String json) throws Exception {
        DockerConfig config = config(json);

        assertThatThrownBy(() -> config.credentials(HOST))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("config.json")
                .hasMessageNotContaining("secret");
    }

    @Test
    void filesAreWhereTheOthersHaveThem() {
        Path home = Path.of("/home/bob");

        assertThat(DockerConfig.filesOfUser(Map.of(), home)).containsExactly(
                Path.of("/home/bob/.config/containers/auth.json"), Path.of("/home/bob/.docker/config.json"));
        assertThat(DockerConfig.filesOfUser(
                Map.of("XDG_RUNTIME_DIR", "/run/user/1", "DOCKER_CONFIG", "/etc/docker", "XDG_CONFIG_HOME", ""), home))
                .containsExactly(
                        Path.of("/run/user/1/containers/auth.json"), Path.of("/home/bob/.config/containers/auth.json"),
                        Path.of("/etc/docker/config.json"));
        assertThat(DockerConfig.filesOfUser(Map.of("REGISTRY_AUTH_FILE", "/auth.json"), home))
                .containsExactly(Path.of("/auth.json"));
    }
}
