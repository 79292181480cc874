package io.longshore.registry.client.tool;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.client.http.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a process of its own. */
class LongshoreTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    private final TestServer server = new TestServer();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        released.countDown();
        processes.forEach(Process::destroyForcibly);
        server.close();
    }

    @Test
    void endsWithTheExitCodeOfTheCommand() throws Exception {
        server.then(body(200, "{\"tags\":[\"1\"]}"));

        Process tags = start("tags", server.authority() + "/a");
        Process nothing = start();

        assertThat(tags.getInputStream().readAllBytes()).asString().isEqualTo("1\n");
        assertThat(tags.waitFor()).isZero();
        assertThat(nothing.waitFor()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void endsCleanlyWhenItIsToldTo(String signal, int exitCode) throws Exception {
        CountDownLatch isSending = new CountDownLatch(1);
        server.then((exchange, seen) -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            exchange.getResponseBody().write(new byte[100_000]);
            exchange.getResponseBody().flush();
            isSending.countDown();
            await(released);
        });
        Process get = start(
                "blob", "get", server.authority() + "/a@" + DIGEST, "-o", folder.resolve("blob").toString());
        await(isSending);

        kill(signal, get);

        assertThat(get.getErrorStream().readAllBytes()).asString().isEqualTo("longshore: cancelled\n");
        assertThat(get.waitFor()).isEqualTo(exitCode);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void readsNoMoreInputWhenItIsToldToEnd() throws Exception {
        CountDownLatch hasBegun = new CountDownLatch(1);
        server.then((exchange, seen) -> {
            status(202).with("Location", "/upload").send(exchange, seen);
            hasBegun.countDown();
        });
        Process put = start("blob", "put", server.authority() + "/a", "-");
        await(hasBegun);

        kill("INT", put);

        assertThat(put.getErrorStream().readAllBytes()).asString().isEqualTo("longshore: cancelled\n");
        assertThat(put.waitFor()).isEqualTo(ExitCode.CANCELLED);
    }

    @Test
    void readsStandardInputToItsEnd() throws Exception {
        server.then(status(202).with("Location", "/upload"), status(201));
        Process put = start("blob", "put", server.authority() + "/a", "-");

        put.getOutputStream().write("some bytes".getBytes(StandardCharsets.UTF_8));
        put.getOutputStream().close();

        assertThat(put.waitFor()).isZero();
        assertThat(server.seen().get(1).text()).isEqualTo("some bytes");
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), Longshore.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    private static void kill(String signal, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
