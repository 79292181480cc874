package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.client.InstalledClient.Result;
import io.longshore.registry.it.tls.TestAuthority;
import io.longshore.registry.it.tls.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients over HTTPS, each told of the authority and its own certificate in the way of its manual. */
class TlsIT {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestIdentity CLIENT = AUTHORITY.issue("robot");

    @TempDir
    private static Path files;

    private static RegistryServer server;
    private static TargetRegistry registry;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        AUTHORITY.issue("registry").writeTo(files);
        Map<String, String> environment = new HashMap<>(TestIdentity.environment(files));
        Path authority = TestIdentity.write(files.resolve("ca.crt"), TestIdentity.pem(AUTHORITY.certificate()));
        environment.put("REGISTRY_HTTP_TLS_CLIENTCAS_0", authority.toString());
        server = RegistryServer.start(environment);
        registry = TargetRegistry.secure(server.uri(), CLIENT.shownTo(AUTHORITY.certificate()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, String> certificates() {
        return Map.of(
                "ca.crt", TestIdentity.pem(AUTHORITY.certificate()),
                "client.cert", TestIdentity.pem(CLIENT.certificate()),
                "client.key", CLIENT.pkcs8());
    }

    private InstalledClient skopeo(Map<String, String> certificates) {
        return ContainersHome.trusting(folder, registry.authority(), certificates).skopeo();
    }

    @Test
    void skopeoPushesAndPulls() {
        String repository = registry.newRepository("skopeo-tls");
        TestImage image = TestImage.small(80);
        ImageLayout.write(folder.resolve("layout"), "v1", image);
        InstalledClient skopeo = skopeo(certificates());

        skopeo.run("copy", "oci:layout:v1", "docker://" + registry.image(repository, "v1"));
        skopeo.run("copy", "docker://" + registry.image(repository, "v1"), "oci:pulled:v1");

        assertThat(registry.manifest(repository, "v1")).usingRecursiveComparison().isEqualTo(image.manifest());
    }

    @Test
    void skopeoIsRefusedWithoutACertificate() {
        Map<String, String> authorityAlone = Map.of("ca.crt", TestIdentity.pem(AUTHORITY.certificate()));

        Result result = skopeo(authorityAlone).attempt("list-tags", "docker://" + registry.authority() + "/a/b");

        assertThat(result.status()).isNotZero();
        assertThat(result.err()).contains("tls: ").contains("certificate");
    }

    @Test
    void longshorePushesAndPulls() throws IOException {
        String image = registry.image(registry.newRepository("longshore-tls"), "v1");
        TestImage pushed = TestImage.small(83);
        ImageLayout.write(folder.resolve("layout"), "v1", pushed);
        for (Map.Entry<String, String> file : certificates().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        InstalledClient longshore = ToolIT.tool(folder);

        longshore.run("push", image, "oci:layout", "--ca=ca.crt", "--cert=client.cert", "--key=client.key");
        longshore.run(
                "copy", image, "oci:pulled", "--insecure=" + registry.authority(), "--cert=client.cert",
                "--key=client.key");
        Result unknown = longshore.attempt("tags", image.replace(":v1", ""), "--cert=client.cert", "--key=client.key");

        assertThat(ImageLayout.at(folder.resolve("pulled")).read(pushed.digest()))
                .isEqualTo(pushed.manifest().bytes());
        assertThat(unknown.status()).isEqualTo(5);
        assertThat(unknown.err()).contains("--ca=FILE").hasLineCount(1);
    }

    @Test
    void podmanPulls() {
        String repository = registry.newRepository("podman-tls");
        TestImage image = TestImage.small(81);
        registry.push(repository, "v1", image);
        InstalledClient podman = ContainersHome.trusting(folder, registry.authority(), certificates()).podman();

        podman.run("pull", registry.image(repository, "v1"));

        Result inspected = podman.run("image", "inspect", "--format", "{{.Id}}", registry.image(repository, "v1"));
        assertThat(inspected.out().strip()).isEqualTo(image.config().digest().hex());
    }

    @Test
    void containerdPullsAndPushes() throws IOException {
        String repository = registry.newRepository("containerd-tls");
        TestImage image = TestImage.small(82);
        registry.push(repository, "v1", image);
        String hosts = hostsFolder();
        try (Containerd containerd = Containerd.start(folder)) {
            InstalledClient ctr = containerd.client();
            ctr.run("images", "pull", "--hosts-dir", hosts, registry.image(repository, "v1"));
            ctr.run("images", "push", "--hosts-dir", hosts, registry.image(repository, "v2"),
                    registry.image(repository, "v1"));
        }

        assertThat(registry.manifest(repository, "v2").digest()).isEqualTo(image.digest());
    }

    /** As containerd's documentation of registry hosts has it. */
    private String hostsFolder() throws IOException {
        Path host = Files.createDirectories(folder.resolve("certs.d").resolve(registry.authority()));
        certificates().forEach((name, pem) -> TestIdentity.write(host.resolve(name), pem));
        Files.writeString(host.resolve("hosts.toml"), """
                server = "%1$s"

                [host."%1$s"]
                  capabilities = ["pull", "resolve", "push"]
                  ca = "%2$s/ca.crt"
                  client = [["%2$s/client.cert", "%2$s/client.key"]]
                """.formatted("https://" + registry.authority(), host));
        return host.getParent().toString();
    }
}
