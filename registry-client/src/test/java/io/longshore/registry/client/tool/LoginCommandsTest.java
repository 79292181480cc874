package io.longshore.registry.client.tool;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.http.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** login and logout. */
class LoginCommandsTest {
    private final TestServer server = new TestServer();

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("config.json");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void keepsALoginThatTheRegistryTakes() {
        server.then(unknown(), status(200), unknown(), body(200, "{\"tags\":[\"1\"]}"));

        ToolRun login = login("--json");
        ToolRun tags = ToolRun.of("tags", server.authority() + "/a", "--auth-file=" + file);

        assertThat(login.json()).isEqualTo(Map.of("registry", server.authority(), "keptIn", file.toString()));
        assertThat(tags.out()).isEqualTo("1\n");
        assertThat(server.seen().get(1).header("Authorization")).isEqualTo("Basic bWU6czNjcmV0");
        assertThat(server.seen().get(3).header("Authorization")).isEqualTo("Basic bWU6czNjcmV0");
        assertThat(login.out() + login.err()).doesNotContain("s3cret", "bWU6czNjcmV0");
    }

    @Test
    void keepsNoneThatTheRegistryRefuses() {
        server.then(unknown(), unknown());

        ToolRun run = login("--debug");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(run.out() + run.err()).doesNotContain("s3cret", "bWU6czNjcmV0");
        assertThat(file).doesNotExist();
    }

    @Test
    void forgetsALogin() {
        server.then(status(200));
        login();

        assertThat(ToolRun.of("logout", server.authority(), "--auth-file=" + file, "--json").json())
                .containsEntry("wasLoggedIn", true);
        assertThat(ToolRun.of("logout", server.authority(), "--auth-file=" + file).out())
                .isEqualTo("there was no login for " + server.authority() + "\n");
    }

    @Test
    void asksNobodyWithoutATerminal() {
        assertThat(ToolRun.of("login", server.authority(), "--password-stdin").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(ToolRun.withInput("", "login", server.authority(), "-u", "me", "--password-stdin").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(ToolRun.withInput("x", "login", server.authority(), "-u", "a:b", "--password-stdin").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(server.asked()).isEmpty();
    }

    private ToolRun login(String... more) {
        String[] arguments = new String[more.length + 6];
        String[] first = {"login", server.authority(), "-u", "me", "--password-stdin", "--auth-file=" + file};
        System.arraycopy(first, 0, arguments, 0, first.length);
        System.arraycopy(more, 0, arguments, first.length, more.length);
        return ToolRun.withInput("s3cret\n", arguments);
    }

    private static TestServer.Reply unknown() {
        return error(401, "UNAUTHORIZED", "who are you?").with("WWW-Authenticate", "Basic realm=\"here\"");
    }
}
