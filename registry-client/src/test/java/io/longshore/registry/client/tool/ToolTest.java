package io.longshore.registry.client.tool;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.hangUp;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.http.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands have in common. */
class ToolTest {
    private final TestServer server = new TestServer();
    private final String repository = server.authority() + "/team/app";

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED, 4, log in with 'longshore login'",
        "403, DENIED, 4, who is logged in has no right to do this",
        "404, NAME_UNKNOWN, 3, (NAME_UNKNOWN)",
        "405, UNSUPPORTED, 6, this registry does not do that",
        "400, NAME_INVALID, 6, (NAME_INVALID)",
        "429, TOOMANYREQUESTS, 5, try again later",
        "503, UNAVAILABLE, 5, try again later"
    })
    void tellsScriptsByTheExitCodeAndPeopleInOneLine(int status, String code, int exitCode, String advice) {
        server.then(error(status, code, "it is so"));

        ToolRun run = ToolRun.of("tags", repository, "--retries=0");

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("longshore: " + repository + ": it is so").contains(advice);
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void tellsErrorsInJsonToWhoeverAsksForIt() {
        server.then(error(404, "NAME_UNKNOWN", "no such \\\"name\\\""));

        ToolRun run = ToolRun.of("tags", repository, "--json");

        assertThat(run.err().strip()).isEqualTo("{\"error\":{\"exitCode\":3,\"message\":\"" + repository
                + ": no such \\\"name\\\" (NAME_UNKNOWN)\"}}");
    }

    @Test
    void saysThatNobodyListens() {
        server.close();

        ToolRun run = ToolRun.of("tags", repository, "--retries=0");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NETWORK);
        assertThat(run.err()).contains("GET http://" + server.authority()).contains("nothing answers there");
    }

    @Test
    void saysThatThereIsNoTls() {
        ToolRun run = ToolRun.of("ls", "registry.invalid", "--retries=0");

        assertThat(run.exitCode()).isEqualTo(ExitCode.NETWORK);
        assertThat(run.err()).contains("GET https://registry.invalid/v2/_catalog").contains("nobody knows this host");
    }

    @Test
    void saysWhatToDoAboutARegistryWithoutTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String host = "127.0.0.1:" + plain.getLocalPort();
            CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> refuseTls(plain));

            ToolRun run = ToolRun.of("tags", host + "/a", "--retries=0", "--insecure=" + host);

            answer.get(1, TimeUnit.MINUTES);
            assertThat(run.exitCode()).isEqualTo(ExitCode.NETWORK);
            assertThat(run.err()).contains("GET https://").contains("the registry speaks no TLS, --plain-http");
        }
    }

    /** As servers do that expect no TLS. */
    private static void refuseTls(ServerSocket plain) {
        try (Socket connection = plain.accept()) {
            connection.getInputStream().read(new byte[16]);
            connection.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            connection.getOutputStream().flush();
            connection.shutdownOutput();
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void speaksInTheClearToHostsThatAreNamed() {
        ToolRun run = ToolRun.of("ls", "registry.invalid", "--plain-http=registry.invalid", "--retries=0");

        assertThat(run.err()).contains("GET http://registry.invalid/v2/_catalog");
    }

    @ParameterizedTest
    @CsvSource({
        "--key=none.pem, 2, --key needs --cert",
        "--ca=none.pem, 3, none.pem: there is no such file",
        "--cert=none.pem, 3, none.pem: there is no such file",
        "--proxy=socks5://me:s3cret@x, 2, --proxy"
    })
    void refusesSettingsThatCannotBe(String option, int exitCode, String message) {
        ToolRun run = ToolRun.of("tags", repository, option);

        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.err()).contains(message).doesNotContain("s3cret");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void repeatsWhatFailed() {
        server.then(hangUp(), body(200, "{\"tags\":[\"1\"]}"));

        assertThat(ToolRun.of("tags", repository, "--retries=1").out()).isEqualTo("1\n");
    }

    @Test
    void showsWhereAnErrorCameFromToWhoeverAsksForIt() {
        server.then(body(404, "<html>"), body(404, "<html>"));

        assertThat(ToolRun.of("tags", repository).err().lines()).hasSize(1);
        assertThat(ToolRun.of("--debug", "tags", repository).err()).contains("\tat " + Tool.class.getPackageName());
    }

    @Test
    void letsNothingSteerTheTerminalWhereAnErrorCameFrom() {
        server.then(body(200, "{\"tags\":[]}").with("Link", "</\u009b2J%>; rel=next"));

        ToolRun run = ToolRun.of("--debug", "tags", repository);

        assertThat(run.exitCode()).isEqualTo(ExitCode.NETWORK);
        assertThat(run.err()).contains("the Link is no URL", "?2J", "\n\tat ").doesNotContain("\u009b");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "tag", "tags", "tags A/B", "tags a b", "tags a@sha256:12", "tags a --nonsense", "manifest", "blob",
        "manifest frobnicate", "tags a:1", "delete a", "blob head a:1", "tags --retries=many a", "completion fish"
    })
    void asksNobodyIfItDoesNotUnderstand(String arguments) {
        ToolRun run = ToolRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("longshore: ");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void guessesWhatWasMeant() {
        assertThat(ToolRun.of("tags", "a", "--plian-http").err()).contains("is '--plain-http' meant?");
    }

    @Test
    void helpsWithEveryCommand() {
        assertThat(ToolRun.of("--help").out()).contains("Usage: longshore", "manifest", "--json");
        ToolRun run = ToolRun.of("manifest", "get", "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: longshore manifest get", "IMAGE", "--output=FILE", "--json");
        assertThat(ToolRun.of("--version").out()).startsWith("longshore ");
    }

    @Test
    void listsRepositoriesWhileTheyCome() {
        server.then(
                body(200, "{\"repositories\":[\"a\",\"b/c\"]}").with("Link", "</v2/_catalog?last=b>; rel=\"next\""),
                body(200, "{\"repositories\":[\"d\"]}"),
                body(200, "{\"repositories\":[\"d\"]}"));

        assertThat(ToolRun.of("ls", server.authority()).out()).isEqualTo("a\nb/c\nd\n");
        assertThat(ToolRun.of("ls", server.authority(), "--json").json())
                .isEqualTo(Map.of("registry", server.authority(), "repositories", List.of("d")));
    }

    @Test
    void listsTags() {
        server.then(body(200, "{\"tags\":[\"1\",\"2\"]}"), body(200, "{\"tags\":[]}"));

        assertThat(ToolRun.of("tags", repository).out()).isEqualTo("1\n2\n");
        assertThat(ToolRun.of("tags", repository, "--json").out())
                .isEqualTo("{\"repository\":\"" + repository + "\",\"tags\":[]}\n");
    }

    @Test
    void tellsWarningsOfRegistriesUnlessTheyAreNotWanted() {
        for (int i = 0; i < 2; i++) {
            server.then(body(200, "{\"tags\":[]}").with("Warning", "299 - \"soon gone\""));
        }

        assertThat(ToolRun.of("tags", repository).err())
                .isEqualTo("warning of " + server.authority() + ": soon gone\n");
        assertThat(ToolRun.of("tags", repository, "--quiet").err()).isEmpty();
    }

    @Test
    void deletesTagsAndManifests() {
        String digest = "sha256:" + "0".repeat(64);
        server.then(status(202), status(404), status(202));

        ToolRun run = ToolRun.of("delete", repository + ":1", repository + "@" + digest, "--json");

        assertThat(run.json()).isEqualTo(Map.of("deleted", List.of(repository + ":1", repository + "@" + digest)));
        assertThat(server.asked()).containsExactly(
                "DELETE /v2/team/app/manifests/1", "GET /v2/team/app/manifests/" + digest,
                "DELETE /v2/team/app/manifests/" + digest);
    }

    @Test
    void saysWhatWasDeletedBeforeItFailed() {
        server.then(status(202), error(405, "UNSUPPORTED", "not here"), error(405, "UNSUPPORTED", "nothing"));

        ToolRun run = ToolRun.of("delete", repository + ":1", repository + ":2", repository + ":3");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEqualTo("deleted " + repository + ":1\n");
        assertThat(run.err())
                .contains("some registries delete by digest only")
                .contains("longshore: " + repository + ":2: not here");
    }
}
