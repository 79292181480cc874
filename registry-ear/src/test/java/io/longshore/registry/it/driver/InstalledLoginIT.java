package io.longshore.registry.it.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A way of logging in that was put into the EAR. */
class InstalledLoginIT {
    @TempDir
    static Path work;

    private static Path installation;

    @BeforeAll
    static void install() throws IOException {
        installation = work.resolve("server");
        Installed.copy(installation);
        ExampleJar.build(ExampleJar.LOGIN_PROVIDER, work, installation.resolve("registry.ear/lib/badge.jar"));
    }

    @Test
    void knowsItsUsersBesideThoseOfAnother() throws IOException {
        Path htpasswd = work.resolve("htpasswd");
        Files.writeString(htpasswd, "bob:" + BCrypt.withDefaults().hashToString(4, "hunter2".toCharArray()) + '\n');
        try (RegistryServer server = RegistryServer.start(installation, Map.of(
                "REGISTRY_AUTH_HTPASSWD_PATH", htpasswd.toString(),
                "REGISTRY_AUTH_AUTHENTICATED", "none",
                "REGISTRY_AUTH_RULES", "[{subject: \"group:badge holders\", repositories: badge/*, actions: push}]",
                "REGISTRY_AUTH_PROVIDERS_BADGE_SEAL", "-sealed"))) {
            Http http = new Http(server.uri());

            assertThat(as(http, "alice", "alice-sealed", "badge/a").status()).isEqualTo(202);
            assertThat(as(http, "alice", "alice-sealed", "other/a").status()).isEqualTo(403);
            assertThat(as(http, "alice", "bob-sealed", "badge/a").status()).isEqualTo(401);
            assertThat(as(http, "bob", "hunter2", "badge/a").status()).as("bob holds no badge").isEqualTo(403);
        }
    }

    private static Reply as(Http http, String user, String password, String repository) {
        String pair = Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
        return http.post("/v2/" + repository + "/blobs/uploads/").header("Authorization", "Basic " + pair).send();
    }

    @Test
    void isMissedByNameWhereItIsNotThere() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> RegistryServer.start(installation, Map.of("REGISTRY_AUTH_PROVIDERS", "{face: {}}")))
                .withMessageContaining("there is no login provider \"face\" in the EAR");
    }

    @Test
    void saysWhatItIsNotTold() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> RegistryServer.start(installation, Map.of("REGISTRY_AUTH_PROVIDERS", "{badge: {}}")))
                .withMessageContaining("auth.providers.badge.seal is not set");
    }
}
