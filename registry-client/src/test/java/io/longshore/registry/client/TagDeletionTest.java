package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.client.http.TestServer.Seen;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.IndexText;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deletes tags of registries that delete manifests only. */
class TagDeletionTest {
    private static final Tag TAG = Tag.parse("v1");
    private static final String AT_TAG = "/v2/a/b/manifests/v1";
    private static final String NOTHING = "DELETE /v2/a/b/manifests/sha256:" + "0".repeat(64);
    private static final Reply UNSUPPORTED = error(405, "UNSUPPORTED", "no tags");
    private static final Reply NONE = error(404, "MANIFEST_UNKNOWN", "none");
    private static final Reply BEFORE = body(200, IndexText.EMPTY).with("Content-Type", MediaTypes.OCI_INDEX);
    private static final Reply BEGUN = status(202).with("Location", "/up");
    private static final Reply STORED = status(201);

    private final TestRegistry registry = new TestRegistry();
    private final Manifests manifests = registry.repository().manifests();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void deletesATagWithAManifestThatGotItForThat() throws IOException {
        registry.server().then(
                error(400, "DIGEST_INVALID", "a tag is no digest"), NONE, BEFORE, BEGUN, STORED, STORED, status(202));

        manifests.delete(TAG);

        Seen placeholder = registry.server().seen().get(5);
        Digest digest = Digest.of(DigestAlgorithm.SHA256, placeholder.body());
        assertThat(registry.asked().subList(0, 3)).containsExactly("DELETE " + AT_TAG, NOTHING, "GET " + AT_TAG);
        assertThat(placeholder).hasToString("PUT " + AT_TAG);
        assertThat(registry.asked()).endsWith("DELETE /v2/a/b/manifests/" + digest);
    }

    @Test
    void leavesTheTagWhereNothingIsDeleted() {
        registry.server().then(UNSUPPORTED, UNSUPPORTED);

        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> manifests.delete(TAG))
                .withMessage("no tags");
        assertThat(registry.asked()).containsExactly("DELETE " + AT_TAG, NOTHING);
    }

    @Test
    void givesTheTagBackIfTheOtherManifestCannotBeDeleted() {
        registry.server().then(
                UNSUPPORTED, NONE, BEFORE, BEGUN, STORED, STORED, error(403, "DENIED", "not you"), STORED);

        assertThatExceptionOfType(RegistryException.Denied.class)
                .isThrownBy(() -> manifests.delete(TAG))
                .withMessage("not you");
        assertThat(registry.asked()).endsWith("PUT " + AT_TAG);
        assertThat(registry.server().seen().get(7).text()).isEqualTo(IndexText.EMPTY);
    }

    @Test
    void findsNoTagThatIsNotThere() {
        registry.server().then(UNSUPPORTED, NONE, NONE);

        assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(() -> manifests.delete(TAG));
        assertThat(registry.asked()).hasSize(3);
    }

    @Test
    void takesOtherRefusalsAsTheyAre() {
        registry.server().then(error(403, "DENIED", "not yours"), error(400, "TAG_INVALID", "no tag"));

        assertThatExceptionOfType(RegistryException.Denied.class).isThrownBy(() -> manifests.delete(TAG));
        assertThatExceptionOfType(RegistryException.Invalid.class).isThrownBy(() -> manifests.delete(TAG));
        assertThat(registry.asked()).hasSize(2);
    }
}
