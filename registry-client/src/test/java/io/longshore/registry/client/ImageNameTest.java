package io.longshore.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageNameTest {
    private static final String HASH = "0123456789abcdef".repeat(4);
    private static final Digest DIGEST = Digest.parse("sha256:" + HASH);

    @ParameterizedTest
    @CsvSource({
        "alpine, docker.io, library/alpine",
        "team/app, docker.io, team/app",
        "a/b/c, docker.io, a/b/c",
        "docker.io/alpine, docker.io, library/alpine",
        "docker.io/library/alpine, docker.io, library/alpine",
        "index.docker.io/alpine, docker.io, library/alpine",
        "registry-1.docker.io/team/app, docker.io, team/app",
        "localhost/app, localhost, app",
        "localhost:5000/app, localhost:5000, app",
        "host:5000/app, host:5000, app",
        "registry.example/app, registry.example, app",
        "registry.example:443/team/app, registry.example:443, team/app",
        "127.0.0.1:5000/app, 127.0.0.1:5000, app",
        "[::1]:5000/app, [::1]:5000, app",
        "Registry/app, registry, app",
        "Registry.Example/app, registry.example, app"
    })
    void findsHostAndRepository(String text, String host, String repository) {
        ImageName image = ImageName.parse(text);

        assertThat(image.host()).isEqualTo(host);
        assertThat(image.repository()).isEqualTo(RepositoryName.parse(repository));
        assertThat(image.tag()).isEmpty();
        assertThat(image.digest()).isEmpty();
    }

    @Test
    void readsTagAndDigest() {
        assertThat(ImageName.parse("alpine:3.20").tag()).contains(Tag.parse("3.20"));
        assertThat(ImageName.parse("host:5000/app:1").tag()).contains(Tag.parse("1"));
        assertThat(ImageName.parse("host:5000/app@" + DIGEST)).isEqualTo(new ImageName(
                "host:5000", RepositoryName.parse("app"), Optional.empty(), Optional.of(DIGEST)));
        assertThat(ImageName.parse("app:1@" + DIGEST)).isEqualTo(new ImageName(
                "docker.io", RepositoryName.parse("library/app"), Optional.of(Tag.parse("1")), Optional.of(DIGEST)));
    }

    @Test
    void takesAnAddressWithoutASlashForATag() {
        assertThat(ImageName.parse("localhost:5000")).hasToString("docker.io/library/localhost:5000");
    }

    @Test
    void meansTheDigestBeforeTheTagBeforeLatest() {
        assertThat(ImageName.parse("app").reference()).isEqualTo(Tag.parse("latest"));
        assertThat(ImageName.parse("app:1").reference()).isEqualTo(Tag.parse("1"));
        assertThat(ImageName.parse("app:1@" + DIGEST).reference()).isEqualTo(DIGEST);
    }

    @Test
    void namesAnotherImageOfTheRepository() {
        ImageName image = ImageName.parse("h.example/app:1");

        assertThat(image.with(DIGEST)).hasToString("h.example/app@" + DIGEST);
        assertThat(image.with(DIGEST).with(Tag.parse("2"))).hasToString("h.example/app:2");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "docker.io/library/alpine", "localhost:5000/a/b:c", "[::1]:5000/app", "h.example/a:1@sha512:"
    })
    void isWrittenAsItIsRead(String text) {
        String whole = text.endsWith(":") ? text + HASH + HASH : text;

        assertThat(ImageName.parse(whole)).hasToString(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ":1", "/app", "App", "a//b", "a/", "team/App", "h.example/", "h.example/App", "-h.example/a", "h..e/a",
        "https://h.example/a", "user@h.example/a", "h.example:0x1/a", "h.example:65536/a", "h_x.example/a", "[::1/a",
        "h.example?x/a", "a b", "a\n"
    })
    void refusesOtherNames(String text) {
        assertThatExceptionOfType(RegistryException.Invalid.class).isThrownBy(() -> ImageName.parse(text));
    }

    @Test
    void saysWhatIsWrong() {
        assertCode("app:", ErrorCode.TAG_INVALID);
        assertCode("app:-1", ErrorCode.TAG_INVALID);
        assertCode("app@1", ErrorCode.DIGEST_INVALID);
        assertCode("app@sha256:" + HASH.substring(1), ErrorCode.DIGEST_INVALID);
        assertCode("h:x/app", ErrorCode.NAME_INVALID);
        assertCode(HASH, ErrorCode.NAME_INVALID);
    }

    private static void assertCode(String text, ErrorCode code) {
        assertThatExceptionOfType(RegistryException.Invalid.class)
                .isThrownBy(() -> ImageName.parse(text))
                .satisfies(e -> assertThat(e.errors()).extracting(RegistryException.Error::code)
                        .containsExactly(code));
    }
}
