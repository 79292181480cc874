package io.longshore.registry.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginFileTest {
    private static final Credentials ME = Credentials.password("me", "s3cret:with a colon");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("docker/config.json");
    }

    @Test
    void makesAFileThatOnlyItsOwnerReads() throws IOException {
        String where = LoginFile.of(file).store("registry.example:5000", ME);

        assertThat(where).isEqualTo(file.toString());
        assertThat(found("registry.example:5000")).isEqualTo(ME.basic());
        assertThat(found("registry.example")).isEqualTo("none");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(file.getParent().toFile().list()).containsExactly("config.json");
    }

    @Test
    void leavesEverythingElseAsItIs() throws IOException {
        write("{\"auths\":{\"other\":{\"auth\":\"bTpw\",\"email\":\"x\"},\"https://a/v2/\":{\"auth\":\"bTpw\"}},"
                + "\"HttpHeaders\":{\"n\":1.10,\"list\":[1,null]},\"experimental\":\"enabled\"}");

        LoginFile.of(file).store("a", ME);

        assertThat(found("a")).isEqualTo(ME.basic());
        assertThat(found("other")).isEqualTo(Credentials.password("m", "p").basic());
        assertThat(Files.readString(file).replaceAll("\\s", ""))
                .contains("\"other\":{\"auth\":\"bTpw\",\"email\":\"x\"}")
                .contains("\"HttpHeaders\":{\"n\":1.10,\"list\":[1,null]},\"experimental\":\"enabled\"")
                .doesNotContain("https://a/v2/");
    }

    @Test
    void forgetsALogin() throws IOException {
        LoginFile logins = LoginFile.of(file);
        logins.store("a", ME);
        logins.store("b", ME);

        assertThat(logins.erase("a")).isTrue();
        assertThat(logins.erase("a")).isFalse();
        assertThat(found("a")).isEqualTo("none");
        assertThat(found("b")).isEqualTo(ME.basic());
        assertThat(LoginFile.of(folder.resolve("none")).erase("a")).isFalse();
    }

    @Test
    void callsDockerHubAsDockerDoes() throws IOException {
        LoginFile.of(file).store("docker.io", ME);

        assertThat(Files.readString(file)).contains("\"https://index.docker.io/v1/\"");
        assertThat(found("registry-1.docker.io")).isEqualTo(ME.basic());
        assertThat(LoginFile.of(file).erase("docker.io")).isTrue();
        assertThat(found("docker.io")).isEqualTo("none");
    }

    @Test
    void keepsIdentityTokensAsSuch() throws IOException {
        LoginFile.of(file).store("a", Credentials.identityToken("token"));

        assertThat(Files.readString(file)).contains("\"identitytoken\" : \"token\"");
    }

    @Test
    void keepsLoginsInTheStoreThatTheFileNames() throws IOException {
        write("{\"credsStore\":\"all\",\"credHelpers\":{\"a\":\"one\"}}");
        Path said = folder.resolve("said");
        LoginFile logins = LoginFile.of(file, name -> store(name, said));

        assertThat(logins.store("a", ME)).isEqualTo("docker-credential-one");
        assertThat(logins.erase("b")).isTrue();
        assertThat(said).hasContent("one store {\"ServerURL\":\"a\",\"Username\":\"me\","
                + "\"Secret\":\"s3cret:with a colon\"}\nall erase b\n");
        assertThat(Files.readString(file)).doesNotContain("auths");
    }

    @Test
    void failsAsTheStoreDoesWithoutTheSecret() throws IOException {
        write("{\"credsStore\":\"broken\"}");
        LoginFile logins = LoginFile.of(file, name -> new CredentialStore("false", 10));

        assertThatIOException()
                .isThrownBy(() -> logins.store("a", ME))
                .withMessage("false could not be given a login to keep: it ended with status 1");
    }

    @Test
    void changesNoFileThatItDoesNotUnderstand() throws IOException {
        write("{\"auths\": secret");

        assertThatIOException()
                .isThrownBy(() -> LoginFile.of(file).store("a", ME))
                .withMessageContaining(file.toString())
                .withMessageNotContaining("secret");
        assertThat(file).hasContent("{\"auths\": secret");
    }

    /** A program that writes down what it is told. */
    private CredentialStore store(String name, Path said) {
        Path program = folder.resolve(name);
        try {
            Files.writeString(program, "#!/bin/sh\nprintf '%s' \"" + name + " $1 \" >> " + said + "\ncat >> " + said
                    + "\n[ $1 = erase ] || echo >> " + said + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CredentialStore(program.toString(), 10);
    }

    private void write(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String found(String host) throws IOException {
        return DockerConfig.of(List.of(file)).credentials(host).map(Credentials::basic).orElse("none");
    }
}
