package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.IndexText;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes to the fallback tag of a registry that lists no referrers. */
class FallbackTagTest {
    private static final Digest SUBJECT = Digest.of(DigestAlgorithm.SHA256, new byte[0]);
    private static final byte[] BYTES = TestRegistry.utf8("""
            {"schemaVersion":2,"mediaType":"%s","artifactType":"x/sbom","manifests":[],
            "subject":{"mediaType":"%s","digest":"%s","size":7},"annotations":{"key":"value"}}"""
            .formatted(MediaTypes.OCI_INDEX, MediaTypes.OCI_MANIFEST, SUBJECT));
    private static final RawManifest REFERRER =
            RawManifest.of(MediaTypes.OCI_INDEX, DigestAlgorithm.SHA256, BYTES);
    private static final Descriptor ENTRY = REFERRER.descriptor()
            .withArtifactType(Optional.of("x/sbom"))
            .withAnnotations(Map.of("key", "value"));
    private static final Descriptor OTHER = Descriptor.of(MediaTypes.OCI_MANIFEST, SUBJECT, 3);
    private static final String FOREIGN = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
            + "\",\"manifests\":[" + OTHER.toJson() + "],\"annotations\":{\"by\":\"others\"}}";
    private static final Reply STORED = status(201);
    private static final Reply MISSING = error(404, "MANIFEST_UNKNOWN", "none");
    private static final String TAG = "/v2/a/b/manifests/sha256-" + SUBJECT.hex();

    private final TestRegistry registry = new TestRegistry();
    private final Manifests manifests = registry.repository().manifests();

    @AfterEach
    void stop() {
        registry.close();
    }

    private static Reply index(String json) {
        return body(200, json).with("Content-Type", MediaTypes.OCI_INDEX);
    }

    /** What the tag named after the last request that changed it. */
    private String written() {
        return registry.server().seen().stream()
                .filter(seen -> seen.toString().equals("PUT " + TAG))
                .reduce((first, second) -> second)
                .orElseThrow()
                .text();
    }

    @Test
    void listsAReferrerThatTheRegistryDidNotSee() throws IOException {
        String list = IndexText.put(IndexText.EMPTY, ENTRY);
        registry.server().then(STORED, MISSING, STORED, index(list));

        StoredManifest stored = manifests.put(REFERRER, List.of(Tag.parse("sbom")));

        assertThat(stored).isEqualTo(new StoredManifest(REFERRER.digest(), Optional.of(SUBJECT), true));
        assertThat(registry.asked())
                .containsExactly("PUT /v2/a/b/manifests/sbom", "GET " + TAG, "PUT " + TAG, "GET " + TAG);
        assertThat(written()).isEqualTo(list);
    }

    @Test
    void leavesTheListToARegistryThatSawTheSubject() throws IOException {
        registry.server().then(STORED.with("OCI-Subject", SUBJECT.toString()));

        assertThat(manifests.put(REFERRER, List.of()))
                .isEqualTo(new StoredManifest(REFERRER.digest(), Optional.of(SUBJECT), false));
        assertThat(registry.asked()).hasSize(1);
    }

    @Test
    void keepsWhatOthersHaveWritten() throws IOException {
        registry.server().then(STORED, index(FOREIGN), STORED, index(IndexText.put(FOREIGN, ENTRY)));

        manifests.put(REFERRER.digest(), REFERRER.mediaType(), BYTES);

        assertThat(written()).isEqualTo(FOREIGN.replace("}]", "}," + ENTRY.toJson() + "]"));
    }

    @Test
    void completesAnEntryThatSaysTooLittle() throws IOException {
        String poor = IndexText.put(FOREIGN, REFERRER.descriptor().withAnnotations(Map.of("more", "foreign")));
        Descriptor whole = ENTRY.withAnnotations(Map.of("more", "foreign", "key", "value"));
        registry.server().then(STORED, index(poor), STORED, index(IndexText.put(poor, whole)));

        manifests.put(REFERRER, List.of());

        assertThat(RawManifest.of(MediaTypes.OCI_INDEX, DigestAlgorithm.SHA256, TestRegistry.utf8(written()))
                .parse()
                .manifests())
                .containsExactly(OTHER, whole);
    }

    @Test
    void changesNothingThatIsListedAlready() throws IOException {
        registry.server().then(STORED, index(IndexText.put(FOREIGN, ENTRY)));

        manifests.put(REFERRER, List.of());

        assertThat(registry.asked()).doesNotContain("PUT " + TAG);
    }

    @Test
    void entersItAgainIfAnotherClientOverwroteIt() throws IOException {
        registry.server().then(
                STORED, MISSING, STORED, index(FOREIGN), index(FOREIGN), STORED,
                index(IndexText.put(FOREIGN, ENTRY)));

        manifests.put(REFERRER, List.of());

        assertThat(written()).isEqualTo(IndexText.put(FOREIGN, ENTRY));
        assertThat(registry.waits()).isEqualTo(1);
    }

    @Test
    void givesUpAListThatOthersAlwaysOverwrite() {
        registry.server().then(STORED);
        for (int i = 0; i < 20; i++) {
            registry.server().then(index(FOREIGN), STORED, index(FOREIGN));
        }

        assertThatIOException()
                .isThrownBy(() -> manifests.put(REFERRER, List.of()))
                .withMessageContaining("others change the list of referrers all the time");
    }

    @Test
    void doesNotTakeTheTagFromSomethingElse() {
        registry.server().then(STORED, body(200, "{\"schemaVersion\":2}").with("Content-Type", "x/y"));

        assertThatIOException()
                .isThrownBy(() -> manifests.put(REFERRER, List.of()))
                .withMessageContaining("the tag names no list of referrers");
    }

    @Test
    void aListWithASubjectIsNotListedItself() throws IOException {
        String strange = IndexText.EMPTY.replace("[]", "[],\"subject\":" + OTHER.toJson());
        registry.server().then(STORED, index(strange), STORED, index(IndexText.put(strange, ENTRY)));

        manifests.put(REFERRER, List.of());

        assertThat(registry.asked()).hasSize(4);
    }

    @Test
    void takesADeletedReferrerOutOfTheList() throws IOException {
        registry.server().then(
                body(200, BYTES).with("Content-Type", MediaTypes.OCI_INDEX), status(202), status(404),
                index(IndexText.put(FOREIGN, ENTRY)), STORED, index(FOREIGN));

        manifests.delete(REFERRER.digest());

        assertThat(written()).isEqualTo(FOREIGN);
    }

    @Test
    void leavesTheListToARegistryThatKeepsIt() throws IOException {
        registry.server().then(
                body(200, BYTES).with("Content-Type", MediaTypes.OCI_INDEX), status(202), index(IndexText.EMPTY));

        manifests.delete(REFERRER.digest());

        assertThat(registry.asked()).hasSize(3).last().asString().contains("/referrers/sha256:0000");
    }

    @Test
    void takesNothingOutOfAListThatDoesNotHaveIt() throws IOException {
        registry.server().then(
                body(200, BYTES).with("Content-Type", MediaTypes.OCI_INDEX), status(202), status(404), MISSING);

        manifests.delete(REFERRER.digest());

        assertThat(registry.asked()).doesNotContain("PUT " + TAG);
    }
}
