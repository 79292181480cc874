package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.mirror.DockerRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One mirror for all that a containerd knows under several hosts, as its {@code hosts.toml} says. */
class ContainerdMirrorIT {
    @TempDir
    private Path folder;

    private DockerRegistry hub;
    private DockerRegistry quay;
    private RegistryServer mirror;
    private Containerd containerd;

    @BeforeEach
    void start() {
        containerd = Containerd.start(folder);
        hub = DockerRegistry.start(folder.resolve("hub"));
        quay = DockerRegistry.start(folder.resolve("quay"));
        mirror = RegistryServer.start(Map.of("REGISTRY_PROXY_UPSTREAMS", """
                [{name: hub, remoteurl: "%s", namespaces: [docker.io]},
                 {name: quay, remoteurl: "%s", namespaces: [quay.example, "registry.example:5000"]}]"""
                .formatted(withoutSlash(hub), withoutSlash(quay))));
    }

    private static String withoutSlash(DockerRegistry registry) {
        return "http://127.0.0.1:" + registry.port();
    }

    @AfterEach
    void stop() {
        if (containerd != null) {
            containerd.close();
        }
        if (mirror != null) {
            mirror.close();
        }
        if (quay != null) {
            hub.close();
            quay.close();
        }
    }

    private void hosts(String folderName) throws IOException {
        Path hosts = Files.createDirectories(folder.resolve("certs.d").resolve(folderName));
        Files.writeString(hosts.resolve("hosts.toml"), """
                [host."http://%s"]
                  capabilities = ["pull", "resolve"]
                """.formatted(mirror.authority()));
    }

    private void pull(String image) {
        containerd.client().run(
                "images", "pull", "--hosts-dir", folder.resolve("certs.d").toString(), "--all-platforms", image);
    }

    private void assertHas(TestImage image) {
        for (Blob blob : image.blobs()) {
            assertThat(containerd.client().run("content", "get", blob.digest().toString()).bytes())
                    .isEqualTo(blob.bytes());
        }
        assertThat(containerd.client().run("content", "get", image.digest().toString()).bytes())
                .isEqualTo(image.manifest().bytes());
    }

    @Test
    void pullsWhatAllHostsHave() throws IOException {
        hosts("_default");
        TestImage alpine = TestImage.small(80);
        TestIndex index = TestIndex.small(82);
        TestImage other = TestImage.small(90);
        TargetRegistry.at(hub.url()).push("library/alpine", "v1", alpine);
        TargetRegistry.at(quay.url()).push("library/alpine", "v1", index);
        TargetRegistry.at(quay.url()).push("team/app", "v1", other);

        pull("docker.io/library/alpine:v1");
        pull("quay.example/library/alpine:v1");
        pull("registry.example:5000/team/app@" + other.digest());

        assertHas(alpine);
        index.images().forEach(this::assertHas);
        assertHas(other);
    }

    @Test
    void pullsAgainWhileAllHostsAreDown() throws IOException {
        hosts("docker.io");
        TestImage alpine = TestImage.small(92);
        TargetRegistry.at(hub.url()).push("library/alpine", "v1", alpine);
        pull("docker.io/library/alpine:v1");
        containerd.client().run("images", "rm", "--sync", "docker.io/library/alpine:v1");
        hub.stop();

        pull("docker.io/library/alpine:v1");

        assertHas(alpine);
    }
}
