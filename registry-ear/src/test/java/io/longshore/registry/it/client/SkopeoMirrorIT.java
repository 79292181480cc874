package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.mirror.DockerRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that mirrors another one as distribution's configuration says it. */
class SkopeoMirrorIT {
    @TempDir
    private Path folder;

    private DockerRegistry upstream;
    private RegistryServer mirror;
    private InstalledClient skopeo;

    @BeforeEach
    void start() {
        upstream = DockerRegistry.start(folder.resolve("upstream"));
        mirror = RegistryServer.start(Map.of("REGISTRY_PROXY_REMOTEURL", upstream.url().toString()));
        skopeo = ContainersHome.create(folder, mirror.authority()).skopeo();
    }

    @AfterEach
    void stop() {
        if (mirror != null) {
            mirror.close();
        }
        upstream.close();
    }

    @Test
    void pullsWhatOnlyTheUpstreamHasAndHasItFromThenOn() {
        TestImage image = TestImage.small(70);
        TargetRegistry.at(upstream.url()).push("team/app", "v1", image);

        skopeo.run("copy", "docker://" + mirror.authority() + "/team/app:v1", "oci:first:v1");
        upstream.stop();
        skopeo.run("copy", "docker://" + mirror.authority() + "/team/app:v1", "oci:second:v1");

        for (String layout : new String[] {"first", "second"}) {
            ImageLayout pulled = ImageLayout.at(folder.resolve(layout));
            assertThat(pulled.read(image.digest())).isEqualTo(image.manifest().bytes());
            assertThat(image.blobs())
                    .allSatisfy(blob -> assertThat(pulled.read(blob.digest())).isEqualTo(blob.bytes()));
        }
    }

    @Test
    void refusesToBePushedTo() {
        ImageLayout.write(folder.resolve("layout"), "v1", TestImage.small(71));

        InstalledClient.Result said =
                skopeo.attempt("copy", "oci:layout:v1", "docker://" + mirror.authority() + "/team/app:v1");

        assertThat(said.status()).isNotZero();
        assertThat(said.err()).contains("is a mirror of another registry");
    }
}
