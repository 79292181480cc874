package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.it.client.ClosedRegistry.Challenge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import land.oras.ArtifactType;
import land.oras.Config;
import land.oras.ContainerRef;
import land.oras.LocalPath;
import land.oras.Manifest;
import land.oras.Registry;
import land.oras.exception.OrasException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrasLoginIT {
    private static final ArtifactType SBOM = ArtifactType.from("application/vnd.example.sbom");

    @TempDir
    private Path folder;

    private LocalPath file;
    private Path pulled;
    private ClosedRegistry closed;
    private String repository;

    private void open(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);
        repository = closed.newRepository("oras");
    }

    @BeforeEach
    void prepareFolders() throws IOException {
        file = LocalPath.of(Files.writeString(folder.resolve("file.txt"), "content"), "text/plain");
        pulled = Files.createDirectory(folder.resolve("pulled"));
    }

    @ParameterizedTest
    @EnumSource
    void pushesAttachesAndPullsAsAUser(Challenge challenge) {
        open(challenge);
        Registry oras = as(ClosedRegistry.OWNER);

        oras.pushArtifact(ref("v1"), SBOM, file);
        // The SDK attaches with an empty configuration, which it takes to be there already.
        oras.pushConfig(ref("v1"), Config.empty());
        Manifest attached = oras.attachArtifact(ref("v1"), SBOM, file);
        as(ClosedRegistry.READER).pullArtifact(ref("v1"), pulled, true);

        assertThat(pulled.resolve("file.txt")).hasContent("content");
        assertThat(oras.getReferrers(ref(closed.asOwner().manifest(repository, "v1").digest()), null)
                        .getManifests())
                .singleElement()
                .satisfies(found -> assertThat(found.getDigest()).isEqualTo(attached.getDigest()));
    }

    @ParameterizedTest
    @EnumSource
    void deletesWhereItMay(Challenge challenge) {
        open(challenge);
        as(ClosedRegistry.OWNER).pushArtifact(ref("v1"), SBOM, file);
        ContainerRef manifest = ref(closed.asOwner().manifest(repository, "v1").digest());

        assertThatThrownBy(() -> as(ClosedRegistry.READER).deleteManifest(manifest)).isInstanceOf(OrasException.class);
        assertThat(closed.asOwner().hasManifest(repository, "v1")).isTrue();

        as(ClosedRegistry.OWNER).deleteManifest(manifest);
        assertThat(closed.asOwner().hasManifest(repository, "v1")).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void listsTagsAndRepositoriesAsAUser(Challenge challenge) {
        open(challenge);
        // The SDK reads one page: a name in front of all that other tests use.
        repository = "0/" + repository;
        as(ClosedRegistry.OWNER).pushArtifact(ref("v1"), SBOM, file);

        Registry reader = as(ClosedRegistry.READER);

        assertThat(reader.getTags(ref("v1")).tags()).containsExactly("v1");
        assertThat(reader.getRepositories().repositories()).contains(repository);
    }

    @ParameterizedTest
    @EnumSource(names = "BEARER")
    void pullsWhatIsPublicAsNobody(Challenge challenge) {
        open(challenge);
        repository = closed.newPublicRepository("oras");
        as(ClosedRegistry.OWNER).pushArtifact(ref("v1"), SBOM, file);

        Registry.builder().insecure(closed.authority()).build().pullArtifact(ref("v1"), pulled, true);

        assertThat(pulled.resolve("file.txt")).hasContent("content");
    }

    @ParameterizedTest
    @EnumSource
    void isToldThatAPasswordIsWrong(Challenge challenge) {
        open(challenge);
        Registry oras = as(ClosedRegistry.OWNER.mistyped());

        assertThatThrownBy(() -> oras.pushArtifact(ref("v1"), SBOM, file))
                .isInstanceOfSatisfying(OrasException.class, e -> assertThat(e.getStatusCode()).isEqualTo(401));
    }

    private Registry as(Account account) {
        return Registry.builder().insecure(closed.authority(), account.name(), account.password()).build();
    }

    private ContainerRef ref(Object reference) {
        return ContainerRef.parse(closed.image(repository, reference));
    }
}
