package io.longshore.registry.client.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.client.tool.Place.InDockerArchive;
import io.longshore.registry.client.tool.Place.InLayout;
import io.longshore.registry.client.tool.Place.InLayoutArchive;
import io.longshore.registry.client.tool.Place.InRegistry;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @Test
    void readsWhatPeopleWrite() {
        assertThat(Place.parse("r.example:5000/app:1")).isEqualTo(registry("r.example:5000/app:1"));
        assertThat(Place.parse("docker://alpine")).isEqualTo(registry("docker.io/library/alpine"));
        assertThat(Place.parse("oci:some/folder")).isEqualTo(new InLayout(Path.of("some/folder"), Optional.empty()));
        assertThat(Place.parse("oci:/a:x/y:1")).isEqualTo(new InLayout(Path.of("/a"), Optional.of("x/y:1")));
        assertThat(Place.parse("oci:a@" + DIGEST)).isEqualTo(new InLayout(Path.of("a"), Optional.of(DIGEST)));
        assertThat(Place.parse("oci:a@b:1")).isEqualTo(new InLayout(Path.of("a@b"), Optional.of("1")));
        assertThat(Place.parse("oci-archive:a.tar:1"))
                .isEqualTo(new InLayoutArchive(Path.of("a.tar"), Optional.of("1")));
        assertThat(Place.parse("docker-archive:a.tar:app:1"))
                .isEqualTo(new InDockerArchive(Path.of("a.tar"), Optional.of("app:1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "oci:", "oci::1", "docker-archive:", "A/B", "a:b:c", "docker:alpine:1"})
    void refusesWhatIsNoPlace(String text) {
        assertThatThrownBy(() -> Place.parse(text)).isInstanceOf(RuntimeException.class);
    }

    private static Place registry(String name) {
        return new InRegistry(ImageName.parse(name));
    }
}
