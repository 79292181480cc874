package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.hangUp;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
    private static final byte[] BYTES = TestRegistry.utf8(
            "{ \"schemaVersion\": 2, \"mediaType\": \"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[]}");
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, BYTES);
    private static final Digest OTHER = Digest.of(DigestAlgorithm.SHA256, new byte[0]);
    private static final Descriptor HEAD = Descriptor.of(MediaTypes.OCI_INDEX, DIGEST, BYTES.length);
    private static final Tag TAG = Tag.parse("v1");

    private final TestRegistry registry = new TestRegistry();
    private final Manifests manifests = registry.repository().manifests();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void readsAManifestByteForByte() throws IOException {
        registry.server().then(manifest().with("Docker-Content-Digest", DIGEST.toString()));

        RawManifest manifest = manifests.get(TAG);

        assertThat(manifest.bytes()).isEqualTo(BYTES);
        assertThat(manifest.descriptor()).isEqualTo(HEAD);
        assertThat(manifest.parse().mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(registry.asked()).containsExactly("GET /v2/a/b/manifests/v1");
        assertThat(registry.server().seen().get(0).header("Accept"))
                .contains(MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX, MediaTypes.DOCKER_MANIFEST)
                .endsWith("*/*");
    }

    @Test
    void readsAManifestByItsDigest() throws IOException {
        Digest sha512 = Digest.of(DigestAlgorithm.SHA512, BYTES);
        registry.server().then(manifest(), manifest());

        assertThat(manifests.get(DIGEST).digest()).isEqualTo(DIGEST);
        assertThat(manifests.get(sha512).digest()).isEqualTo(sha512);
    }

    @Test
    void findsTheDigestWhereItIsNotNamed() throws IOException {
        registry.server().then(manifest());

        assertThat(manifests.get(TAG).digest()).isEqualTo(DIGEST);
    }

    @Test
    void refusesAnotherManifestThanItAskedFor() {
        registry.server().then(manifest(), manifest().with("Docker-Content-Digest", DIGEST.toString()));

        for (int i = 0; i < 2; i++) {
            assertThatIOException()
                    .isThrownBy(() -> manifests.get(OTHER))
                    .withMessageContaining(DIGEST + " in place of " + OTHER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "sha256:x", "md5:aa", "none"
    })
    void refusesADigestThatIsNotThatOfTheContent(String named) {
        registry.server().then(manifest().with("Docker-Content-Digest", named));

        assertThatIOException().isThrownBy(() -> manifests.get(TAG)).withMessageStartingWith("GET ");
    }

    @Test
    void refusesAManifestOfNoType() {
        registry.server().then(body(200, "[]"));

        assertThatIOException().isThrownBy(() -> manifests.get(TAG)).withMessageContaining("without a Content-Type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/octet-stream", "text/plain; charset=utf-8"})
    void looksIntoAManifestThatIsServedAsAnyFile(String contentType) throws IOException {
        registry.server().then(
                body(200, BYTES).with("Content-Type", contentType),
                status(200).with("Content-Type", contentType).with("Content-Length", "1"),
                body(200, BYTES).with("Content-Type", contentType),
                body(200, "[]").with("Content-Type", contentType));

        assertThat(manifests.get(TAG).mediaType()).isEqualTo(MediaTypes.OCI_INDEX);
        assertThat(manifests.head(DIGEST)).contains(HEAD);
        assertThat(manifests.get(TAG).mediaType()).isEqualTo(contentType.split(";")[0]);
    }

    @Test
    void findsNoManifestThatIsNotThere() throws IOException {
        registry.server().then(error(404, "MANIFEST_UNKNOWN", "none"), status(404));

        assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(() -> manifests.get(TAG));
        assertThat(manifests.head(TAG)).isEmpty();
    }

    @Test
    void asksForTheHeadOnly() throws IOException {
        registry.server().then(head().with("Docker-Content-Digest", DIGEST.toString()), head());

        assertThat(manifests.head(TAG)).contains(HEAD);
        assertThat(manifests.head(DIGEST)).contains(HEAD);
        assertThat(registry.asked()).containsExactly(
                "HEAD /v2/a/b/manifests/v1", "HEAD /v2/a/b/manifests/" + DIGEST);
    }

    @Test
    void readsAManifestWhoseHeadTellsTooLittle() throws IOException {
        registry.server().then(
                head(), manifest(), status(405), manifest(), head(), error(404, "MANIFEST_UNKNOWN", "just deleted"));

        assertThat(manifests.head(TAG)).contains(HEAD);
        assertThat(manifests.head(TAG)).contains(HEAD);
        assertThat(manifests.head(TAG)).isEmpty();
    }

    @Test
    void refusesTheHeadOfAnotherManifest() {
        registry.server().then(head().with("Docker-Content-Digest", DIGEST.toString()));

        assertThatIOException()
                .isThrownBy(() -> manifests.head(OTHER))
                .withMessageContaining(DIGEST + " in place of " + OTHER);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202})
    void storesAManifestByteForByte(int status) throws IOException {
        registry.server().then(
                hangUp(), status(status).with("Docker-Content-Digest", DIGEST.toString()), status(status));

        assertThat(manifests.put(TAG, MediaTypes.OCI_INDEX, BYTES)).isEqualTo(DIGEST);
        assertThat(manifests.put(DIGEST, MediaTypes.OCI_INDEX, BYTES)).isEqualTo(DIGEST);
        assertThat(registry.asked()).containsExactly(
                "PUT /v2/a/b/manifests/v1", "PUT /v2/a/b/manifests/v1", "PUT /v2/a/b/manifests/" + DIGEST);
        assertThat(registry.server().seen()).allSatisfy(seen -> {
            assertThat(seen.body()).isEqualTo(BYTES);
            assertThat(seen.header("Content-Type")).isEqualTo(MediaTypes.OCI_INDEX);
        });
    }

    @Test
    void sendsNothingOfAnotherDigest() {
        assertThatIllegalArgumentException().isThrownBy(() -> manifests.put(OTHER, MediaTypes.OCI_INDEX, BYTES));
        assertThat(registry.asked()).isEmpty();
    }

    @Test
    void refusesAManifestThatIsStoredAsAnother() {
        registry.server().then(status(201).with("Docker-Content-Digest", OTHER.toString()));

        assertThatIOException()
                .isThrownBy(() -> manifests.put(TAG, MediaTypes.OCI_INDEX, BYTES))
                .withMessageContaining(OTHER + " in place of " + DIGEST);
    }

    @Test
    void saysWhyAManifestIsRefused() {
        registry.server().then(error(400, "MANIFEST_BLOB_UNKNOWN", "push it first"));

        assertThatExceptionOfType(RegistryException.Invalid.class)
                .isThrownBy(() -> manifests.put(TAG, MediaTypes.OCI_INDEX, BYTES))
                .withMessage("push it first");
    }

    @Test
    void deletesTagsAndManifests() throws IOException {
        registry.server().then(status(202), manifest(), status(202), error(405, "UNSUPPORTED", "not here"),
                error(405, "UNSUPPORTED", "not here"));

        manifests.delete(TAG);
        manifests.delete(DIGEST);
        assertThatExceptionOfType(RegistryException.Refused.class).isThrownBy(() -> manifests.delete(TAG));
        assertThat(registry.asked()).startsWith(
                "DELETE /v2/a/b/manifests/v1", "GET /v2/a/b/manifests/" + DIGEST,
                "DELETE /v2/a/b/manifests/" + DIGEST);
    }

    @Test
    void deletesWhatItCannotRead() throws IOException {
        registry.server().then(
                error(403, "DENIED", "may not be read"), status(202),
                body(200, "broken").with("Content-Type", MediaTypes.OCI_INDEX), status(202));

        manifests.delete(DIGEST);
        manifests.delete(DIGEST);
        assertThat(registry.asked()).filteredOn(asked -> asked.startsWith("DELETE")).hasSize(2);
    }

    @Test
    void findsThatAnotherManifestWasDeleted() {
        registry.server().then(manifest(), status(202).with("Docker-Content-Digest", OTHER.toString()));

        assertThatIOException()
                .isThrownBy(() -> manifests.delete(DIGEST))
                .withMessageContaining(OTHER + " in place of " + DIGEST);
    }

    private static Reply manifest() {
        return body(200, BYTES).with("Content-Type", MediaTypes.OCI_INDEX + "; charset=utf-8");
    }

    private static Reply head() {
        return status(200)
                .with("Content-Type", MediaTypes.OCI_INDEX)
                .with("Content-Length", Integer.toString(BYTES.length));
    }
}
