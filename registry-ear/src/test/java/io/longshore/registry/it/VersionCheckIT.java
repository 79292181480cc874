package io.longshore.registry.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RegistryExtension.class)
class VersionCheckIT {

    private final RegistryServer server;

    VersionCheckIT(RegistryServer server) {
        this.server = server;
    }

    @Test
    void answersTheVersionCheckOnTheBuiltServer() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(
                HttpRequest.newBuilder(server.uri().resolve("/v2/")).build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
    }
}
