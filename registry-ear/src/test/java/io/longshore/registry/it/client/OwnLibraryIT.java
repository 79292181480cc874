package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.Repository;
import io.longshore.registry.client.StoredBlob;
import io.longshore.registry.client.auth.CredentialSource;
import io.longshore.registry.client.auth.Credentials;
import io.longshore.registry.it.client.ClosedRegistry.Challenge;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.Tag;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The library of this project, logged in in both ways. */
class OwnLibraryIT {
    private static final int CHUNK_BYTES = 100_000;

    private final TestImage image = TestImage.small(17);

    private ClosedRegistry closed;
    private RepositoryName name;

    private void open(Challenge challenge) {
        closed = ClosedRegistry.asking(challenge);
        name = RepositoryName.parse(closed.newRepository("library"));
    }

    @ParameterizedTest
    @EnumSource
    void pushesAnImageAndPullsItAgain(Challenge challenge) throws IOException {
        open(challenge);
        Repository repository = as(ClosedRegistry.OWNER).repository(name);
        for (Blob blob : image.blobs()) {
            assertThat(repository.blobs().head(blob.digest())).isEmpty();
            assertThat(repository.blobs().push(blob.bytes()).digest()).isEqualTo(blob.digest());
        }

        repository.manifests().put(Tag.parse("v1"), image.manifest().mediaType(), image.manifest().bytes());

        Repository seen = as(ClosedRegistry.READER).repository(name);
        RawManifest manifest = seen.manifests().get(Tag.parse("v1"));
        assertThat(manifest.bytes()).isEqualTo(image.manifest().bytes());
        assertThat(seen.manifests().head(image.digest())).contains(manifest.descriptor());
        assertThat(seen.tags()).containsExactly(Tag.parse("v1"));
        for (Blob blob : image.blobs()) {
            assertThat(seen.blobs().head(blob.digest())).hasValue(blob.bytes().length);
            assertThat(pull(seen, blob.digest())).isEqualTo(blob.bytes());
        }
    }

    @ParameterizedTest
    @EnumSource
    void pushesAStreamInChunks(Challenge challenge) throws IOException {
        open(challenge);
        byte[] content = new byte[3 * CHUNK_BYTES + 1];
        new Random(5).nextBytes(content);
        Repository repository = as(ClosedRegistry.OWNER).repository(name);

        StoredBlob blob = repository.blobs().push(new ByteArrayInputStream(content));

        assertThat(blob).isEqualTo(new StoredBlob(Digest.of(DigestAlgorithm.SHA256, content), content.length));
        assertThat(pull(repository, blob.digest())).isEqualTo(content);
    }

    @ParameterizedTest
    @EnumSource
    void mountsWhatAnotherRepositoryHas(Challenge challenge) throws IOException {
        open(challenge);
        RegistryClient client = as(ClosedRegistry.OWNER);
        RepositoryName other = RepositoryName.parse(closed.newRepository("mount"));
        Digest digest = client.repository(name).blobs().push(image.config().bytes()).digest();
        Digest missing = Digest.of(DigestAlgorithm.SHA256, image.manifest().bytes());

        assertThat(client.repository(other).blobs().mount(digest, name)).isTrue();
        assertThat(client.repository(other).blobs().mount(missing, name)).isFalse();
        assertThat(pull(client.repository(other), digest)).isEqualTo(image.config().bytes());
    }

    @ParameterizedTest
    @EnumSource
    void deletesWhatItPushed(Challenge challenge) throws IOException {
        open(challenge);
        Repository repository = as(ClosedRegistry.OWNER).repository(name);
        for (Blob blob : image.blobs()) {
            repository.blobs().push(blob.bytes());
        }
        repository.manifests().put(Tag.parse("v1"), image.manifest().mediaType(), image.manifest().bytes());

        repository.manifests().delete(Tag.parse("v1"));
        assertThat(repository.tags()).isEmpty();
        assertThat(repository.manifests().head(image.digest())).isPresent();

        repository.manifests().delete(image.digest());
        assertThat(repository.manifests().head(image.digest())).isEmpty();

        repository.blobs().delete(image.config().digest());
        assertThat(repository.blobs().head(image.config().digest())).isEmpty();
        assertThatExceptionOfType(RegistryException.NotFound.class)
                .isThrownBy(() -> repository.blobs().delete(image.config().digest()));
    }

    @ParameterizedTest
    @EnumSource
    void isLetInOnlyAsSomebody(Challenge challenge) throws IOException {
        open(challenge);

        as(ClosedRegistry.READER).ping();
        assertThatExceptionOfType(RegistryException.Unauthenticated.class)
                .isThrownBy(() -> as(ClosedRegistry.OWNER.mistyped()).ping());
        assertThatExceptionOfType(RegistryException.Unauthenticated.class)
                .isThrownBy(() -> client(CredentialSource.NONE).repository(name).tags().toList());
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> as(ClosedRegistry.READER).repository(name).blobs().push(image.config().bytes()));
    }

    private RegistryClient as(Account account) {
        Credentials credentials = Credentials.password(account.name(), account.password());
        return client(host -> host.equals(closed.authority()) ? Optional.of(credentials) : Optional.empty());
    }

    private RegistryClient client(CredentialSource credentials) {
        return RegistryClient.builder(closed.authority())
                .credentials(credentials)
                .chunkBytes(CHUNK_BYTES)
                .build();
    }

    private static byte[] pull(Repository repository, Digest digest) throws IOException {
        try (InputStream content = repository.blobs().pull(digest)) {
            return content.readAllBytes();
        }
    }
}
