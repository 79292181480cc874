package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import io.longshore.registry.it.client.ClosedRegistry.Challenge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JibLoginIT {
    private static final String OVER_HTTP = "sendCredentialsOverHttp";

    @TempDir
    private Path folder;

    private ClosedRegistry closed;
    private String repository;

    private void open(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);
        repository = closed.newRepository("jib");
    }

    @BeforeEach
    void sendCredentialsOverHttp() {
        System.setProperty(OVER_HTTP, "true");
    }

    @AfterEach
    void sendThemNoMore() {
        System.clearProperty(OVER_HTTP);
    }

    @ParameterizedTest
    @EnumSource
    void buildsOnAPrivateImageAndPushes(Challenge challenge) throws Exception {
        open(challenge);
        String bases = closed.newRepository("jib");
        TestImage base = TestImage.small(300);
        closed.asOwner().push(bases, "v1", base);

        build(image(bases, ClosedRegistry.READER), image(repository, ClosedRegistry.OWNER));

        assertThat(closed.asOwner().tags(repository)).containsExactly("v1");
        assertThat(base.layers()).allMatch(layer -> closed.asOwner().hasBlob(repository, layer.blob().digest()));
    }

    @ParameterizedTest
    @EnumSource(names = "BEARER")
    void buildsOnAPublicImageWithoutALogin(Challenge challenge) throws Exception {
        open(challenge);
        String bases = closed.newPublicRepository("jib");
        closed.asOwner().push(bases, "v1", TestImage.small(302));

        build(RegistryImage.named(closed.image(bases, "v1")), image(repository, ClosedRegistry.OWNER));

        assertThat(closed.asOwner().tags(repository)).containsExactly("v1");
    }

    @ParameterizedTest
    @EnumSource
    void isToldThatItMayNotPush(Challenge challenge) throws Exception {
        open(challenge);
        String bases = closed.newRepository("jib");
        closed.asOwner().push(bases, "v1", TestImage.small(304));

        assertThatThrownBy(() ->
                        build(image(bases, ClosedRegistry.READER), image(repository, ClosedRegistry.READER)))
                .isInstanceOf(RegistryUnauthorizedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void isToldThatAPasswordIsWrong(Challenge challenge) throws Exception {
        open(challenge);
        closed.asOwner().push(repository, "base", TestImage.small(306));
        RegistryImage base = RegistryImage.named(closed.image(repository, "base"));
        Account mistyped = ClosedRegistry.OWNER.mistyped();

        assertThatThrownBy(() -> build(
                        base.addCredential(mistyped.name(), mistyped.password()),
                        image(repository, ClosedRegistry.OWNER)))
                .hasMessageContaining("Unauthorized");
    }

    private void build(RegistryImage base, RegistryImage made) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), repository);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Jib.from(base)
                    .addLayer(List.of(file), AbsoluteUnixPath.get("/"))
                    .containerize(Containerizer.to(made)
                            .setAllowInsecureRegistries(true)
                            .setExecutorService(threads)
                            .setBaseImageLayersCache(folder.resolve("base-layers"))
                            .setApplicationLayersCache(folder.resolve("application-layers")));
        } finally {
            // Where a step has failed, others go on, and write into the folder that is to be removed.
            threads.shutdownNow();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private RegistryImage image(String name, Account account) throws Exception {
        return RegistryImage.named(closed.image(name, "v1")).addCredential(account.name(), account.password());
    }
}
