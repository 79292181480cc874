package io.longshore.registry.it.arquillian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.longshore.registry.model.Digest;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.as.arquillian.api.ServerSetup;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The EAR that the build makes, on a WildFly that is as it comes but for what {@code docs/wildfly.md} asks for. */
@ArquillianTest
@ServerSetup(Configure.class)
class StockWildFlyIT {
    private static final String NAME = "registry.ear";
    private static final File EAR = new File("target", NAME).getAbsoluteFile();
    /** More than the 10 MiB that WildFly takes as it comes. */
    private static final int LAYER_BYTES = 12 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ArquillianResource
    private StockWildFly server;

    @ArquillianResource
    private ManagementClient management;

    @Deployment(testable = false)
    static EnterpriseArchive ear() {
        return ShrinkWrap.create(ZipImporter.class, NAME).importFrom(EAR).as(EnterpriseArchive.class);
    }

    @ParameterizedTest
    @EnumSource
    void answersTheVersionCheck(Way way) throws Exception {
        HttpResponse<byte[]> answer = way.client(server).get("/v2/");

        assertThat(answer.version()).isEqualTo(way.version());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(bytes("{}"));
        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
    }

    @ParameterizedTest
    @EnumSource
    void takesAnImageAndGivesItBack(Way way) throws Exception {
        TestClient client = way.client(server);
        String repository = "stock/" + way.name().toLowerCase(Locale.ROOT);
        byte[] layer = new byte[LAYER_BYTES];
        new Random(way.ordinal()).nextBytes(layer);

        Digest layerDigest = client.pushBlob(repository, layer);
        byte[] manifest = manifest(client.pushBlob(repository, bytes("{}")), layerDigest);
        Digest digest = client.pushManifest(repository, "latest", manifest);

        HttpResponse<byte[]> byTag = client.get("/v2/" + repository + "/manifests/latest");
        assertThat(byTag.headers().firstValue("Docker-Content-Digest")).hasValue(digest.toString());
        assertThat(byTag.headers().firstValue("Content-Type")).hasValue(TestClient.MANIFEST);
        assertThat(byTag.body()).isEqualTo(manifest);
        assertThat(client.get("/v2/" + repository + "/manifests/" + digest).body()).isEqualTo(manifest);
        assertThat(client.get("/v2/" + repository + "/blobs/" + layerDigest).body()).isEqualTo(layer);
    }

    @ParameterizedTest
    @EnumSource
    void saysInTheErrorBodyWhatIsNotThere(Way way) throws Exception {
        HttpResponse<byte[]> answer = way.client(server).get("/v2/stock/nothing/manifests/latest");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .startsWith("{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"");
    }

    /** Its JSON is written by the server's own JSON Binding. */
    @Test
    void answersTheAdministrationApi() throws Exception {
        HttpResponse<byte[]> answer = Way.HTTP_1_1.client(server).get("/api/v1/whoami");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains("\"subject\":\"anonymous\"", "\"grants\":[{\"actions\":[\"admin\"],\"repositories\":\"**\"}]");
    }

    @Test
    void refusesAnAddressThatIsTooLongBeforeAServletIsChosen() throws Exception {
        TestClient client = Way.HTTP_1_1.client(server);
        HttpResponse<byte[]> answer = client.get("/v2" + "/a".repeat(10_000));

        assertThat(answer.statusCode()).isEqualTo(414);
        assertThat(answer.headers().map()).containsKey("docker-distribution-api-version");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("whatever the configuration");
        assertThat(client.get("/a".repeat(10_000)).statusCode()).isEqualTo(414);
    }

    @Test
    void letsGoOfTheDatabaseAndComesBackWithAllThatItHad() throws Exception {
        TestClient client = Way.HTTP_1_1.client(server);
        byte[] content = bytes("kept");
        String blob = "/v2/stock/kept/blobs/" + client.pushBlob("stock/kept", content);
        assertThat(server.connections()).isPositive();

        Cli.run(management, "--command=undeploy --keep-content " + NAME);

        await().atMost(PATIENCE).until(server::connections, count -> count == 0);
        assertThat(client.get("/v2/").statusCode()).isEqualTo(404);

        Cli.run(management, "--command=deploy --name=" + NAME);

        assertThat(client.get(blob).body()).isEqualTo(content);
        int connections = server.connections();

        Cli.run(management, "--command=deploy --force " + EAR);

        assertThat(client.get(blob).body()).isEqualTo(content);
        await().atMost(PATIENCE).until(server::connections, count -> count <= connections);
    }

    @Test
    void usesItsOwnJaxRs() throws IOException {
        ModelNode answer = management.getControllerClient().execute(Operations.createOperation(
                "list-modules", Operations.createAddress("deployment", NAME, "subdeployment", "registry-web.war")));

        List<String> modulesOfTheServer = Operations.readResult(answer).get("system-dependencies").asList().stream()
                .map(module -> module.get("name").asString())
                .toList();

        assertThat(modulesOfTheServer)
                .contains("jakarta.servlet.api")
                .doesNotContain("jakarta.ws.rs.api")
                .noneMatch(name -> name.startsWith("org.jboss.resteasy"));
    }

    private static byte[] manifest(Digest config, Digest layer) {
        return bytes("""
                {"schemaVersion":2,"mediaType":"%s",
                "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},
                "layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"%s","size":%d}]}
                """.formatted(TestClient.MANIFEST, config, layer, LAYER_BYTES));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
