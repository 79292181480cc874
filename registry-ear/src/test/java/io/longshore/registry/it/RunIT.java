package io.longshore.registry.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Starting and stopping the built server, in every way that happens to one. */
class RunIT {

    private static final int ENDED_BY_SIGTERM = 143;
    private static final int WAIT_SECONDS = 60;

    private RegistryServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void saysOneLineWhenReadyAndLeavesNothingRunning() throws Exception {
        server = RegistryServer.unprepared(Map.of());
        assertThat(server.databaseProcess()).isPresent();

        assertThat(server.output()).isEqualTo("Longshore is ready: http://localhost:" + server.uri().getPort()
                + "/v2/\n");
        assertThat(status(server.uri().resolve("/v2/"))).isEqualTo(200);

        assertThat(server.stop()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(server.databaseProcess()).isEmpty();
        assertThat(server.output().lines()).hasSize(1);
    }

    @Test
    void keepsItsDataWhenEverythingIsKilled() throws Exception {
        server = RegistryServer.start(Map.of());
        push("kept/by/all");

        server.kill();
        server.restart();

        assertThat(status(server.uri().resolve("/v2/kept/by/all/tags/list"))).isEqualTo(200);
    }

    @Test
    void takesItsDatabaseAlongWhenItIsKilledAlone() throws Exception {
        server = RegistryServer.start(Map.of());
        assertThat(server.databaseProcess()).isPresent();

        server.killJvm();
        Awaitility.await().atMost(Duration.ofSeconds(WAIT_SECONDS)).until(() -> server.databaseProcess().isEmpty());

        server.restart();
        assertThat(status(server.uri().resolve("/v2/"))).isEqualTo(200);
    }

    @Test
    void refusesADataFolderThatIsInUse() {
        server = RegistryServer.start(Map.of());

        assertThatThrownBy(() -> RegistryServer.start(Map.of("REGISTRY_DATA", server.data().toString())))
                .hasMessageContaining("Longshore cannot start: the data folder " + server.data() + " is in use");
        assertThat(server.process().isAlive()).isTrue();
    }

    @Test
    void saysThatItsPortIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + other.getLocalPort();

            assertThatThrownBy(() -> RegistryServer.start(Map.of("REGISTRY_HTTP_ADDR", address)))
                    .hasMessageContaining("Longshore cannot start: cannot listen on " + address);
        }
    }

    @Test
    void saysAllThatIsWrongWithItsConfiguration() {
        assertThatThrownBy(() -> RegistryServer.start(Map.of("REGISTRY_HTTP_ADR", "x", "REGISTRY_PAGING", "y")))
                .hasMessageContaining("Longshore cannot start: the configuration has errors")
                .hasMessageContaining("REGISTRY_HTTP_ADDR")
                .hasMessageContaining("REGISTRY_PAGING");
    }

    @Test
    void saysThatItsDatabaseDoesNotAnswer() throws IOException {
        String url;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            url = "jdbc:postgresql://127.0.0.1:" + closed.getLocalPort() + "/registry";
        }

        assertThatThrownBy(() -> RegistryServer.start(Map.of("REGISTRY_DATABASE_URL", url,
                "REGISTRY_DATABASE_USER", "registry", "REGISTRY_DATABASE_PASSWORD", "secret")))
                .hasMessageContaining("Longshore cannot start: the database cannot be used: Connection to 127.0.0.1:")
                .hasMessageContaining("Check REGISTRY_DATABASE_URL")
                .hasMessageNotContaining("secret");
    }

    private void push(String repository) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest
                .newBuilder(server.uri().resolve("/v2/" + repository + "/manifests/latest"))
                .header("Content-Type", "application/vnd.oci.image.index.v1+json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"schemaVersion\":2,\"mediaType\":"
                        + "\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static int status(URI uri) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
