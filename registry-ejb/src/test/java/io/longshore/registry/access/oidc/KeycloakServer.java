package io.longshore.registry.access.oidc;

import static org.awaitility.Awaitility.await;

import io.longshore.registry.access.jwt.JwtClaims;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A Keycloak of its own, with one realm, on free ports of the loopback interface. */
final class KeycloakServer implements AutoCloseable {
    private static final String ADMIN = "admin";
    private static final Duration LONGEST_START = Duration.ofMinutes(10);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI base;

    KeycloakServer(Path home) throws IOException {
        Path realms = Files.createDirectories(home.resolve("data").resolve("import"));
        try (InputStream realm = KeycloakServer.class.getResourceAsStream("/keycloak-realm.json")) {
            Files.write(realms.resolve("work.json"), realm.readAllBytes());
        }
        int port = freePort();
        base = URI.create("http://127.0.0.1:" + port);
        ProcessBuilder command = new ProcessBuilder(
                "sh", home.resolve("bin").resolve("kc.sh").toString(), "start-dev", "--http-host=127.0.0.1",
                "--http-port=" + port, "--http-management-port=" + freePort(), "--cache=local", "--db=dev-mem",
                "--import-realm");
        command.environment().putAll(Map.of(
                "KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN,
                "JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m"));
        command.redirectErrorStream(true).redirectOutput(home.resolve("keycloak.log").toFile());
        process = command.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    void awaitStart() {
        await().atMost(LONGEST_START).ignoreExceptions().until(() ->
                !process.isAlive() || send(HttpRequest.newBuilder(issuer())).statusCode() == 200);
        if (!process.isAlive()) {
            throw new IllegalStateException("Keycloak has ended, its log says why");
        }
    }

    URI issuer() {
        return base.resolve("/realms/work");
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The tokens for alice, by name: {@code access_token}, {@code id_token}, {@code refresh_token}. */
    Map<String, Object> tokens() throws Exception {
        return grant("work", Map.of(
                "grant_type", "password", "client_id", "longshore", "client_secret", "s3cret", "username", "alice",
                "password", "wonderland", "scope", "openid"));
    }

    private Map<String, Object> grant(String realm, Map<String, String> form) throws Exception {
        HttpResponse<String> reply = send(
                HttpRequest.newBuilder(base.resolve("/realms/" + realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(Form.encode(form))));
        return Provider.json(reply.body().getBytes());
    }

    /** From now on it signs with another key. */
    void rotateKeys() throws Exception {
        Map<String, Object> admin = grant("master", Map.of(
                "grant_type", "password", "client_id", "admin-cli", "username", ADMIN, "password", ADMIN));
        String token = JwtClaims.texts(admin.get("access_token")).get(0);
        HttpResponse<String> reply = send(HttpRequest.newBuilder(base.resolve("/admin/realms/work/components"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"name": "next", "providerId": "rsa-generated",
                         "providerType": "org.keycloak.keys.KeyProvider", "config": {"priority": ["200"]}}
                        """)));
        if (reply.statusCode() != 201) {
            throw new IllegalStateException("Keycloak answers " + reply.statusCode());
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        process.onExit().join();
    }
}
