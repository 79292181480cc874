package io.longshore.registry.client;

import static io.longshore.registry.client.http.TestServer.body;
import static io.longshore.registry.client.http.TestServer.error;
import static io.longshore.registry.client.http.TestServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.client.http.TestServer.Reply;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.IndexText;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.Reference;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferrersTest {
    private static final Digest SUBJECT = Digest.of(DigestAlgorithm.SHA256, new byte[0]);
    private static final String LIST = "GET /v2/a/b/referrers/" + SUBJECT;
    private static final String TAG = "GET /v2/a/b/manifests/sha256-" + SUBJECT.hex();
    private static final Descriptor SBOM = entry(1, "x/sbom");
    private static final Descriptor SIGNATURE = entry(2, "x/signature");
    private static final Descriptor UNNAMED = Descriptor.of(MediaTypes.OCI_MANIFEST, digest(3), 3);

    private final TestRegistry registry = new TestRegistry();
    private final Repository repository = registry.repository();

    @AfterEach
    void stop() {
        registry.close();
    }

    private static Digest digest(int content) {
        return Digest.of(DigestAlgorithm.SHA256, new byte[] {(byte) content});
    }

    private static Descriptor entry(int content, String artifactType) {
        return Descriptor.of(MediaTypes.OCI_MANIFEST, digest(content), content)
                .withArtifactType(Optional.of(artifactType))
                .withAnnotations(Map.of("key", "value"));
    }

    private static Reply index(Descriptor... entries) {
        String list = Stream.of(entries).map(Descriptor::toJson).collect(Collectors.joining(","));
        return body(200, IndexText.EMPTY.replace("[]", '[' + list + ']'))
                .with("Content-Type", MediaTypes.OCI_INDEX + "; charset=utf-8");
    }

    @Test
    void fetchesAPageOfReferrersWhenItIsReached() {
        registry.server().then(
                index(SBOM).with("Link", "</v2/a/b/referrers/" + SUBJECT + "?last=x>; rel=\"next\""),
                index(SIGNATURE, UNNAMED));

        Iterator<Descriptor> referrers = repository.referrers(SUBJECT).iterator();

        assertThat(registry.asked()).isEmpty();
        assertThat(referrers.next()).isEqualTo(SBOM);
        assertThat(registry.asked()).containsExactly(LIST);
        assertThat(referrers).toIterable().containsExactly(SIGNATURE, UNNAMED);
        assertThat(registry.asked()).containsExactly(LIST, LIST + "?last=x");
        assertThat(registry.server().seen()).allMatch(seen -> seen.header("Accept").equals(MediaTypes.OCI_INDEX));
    }

    @Test
    void asksForReferrersOfOneType() {
        registry.server().then(index(SBOM, UNNAMED).with("OCI-Filters-Applied", "other,artifactType"));

        assertThat(repository.referrers(SUBJECT, "x/sbom+json")).containsExactly(SBOM, UNNAMED);
        assertThat(registry.asked()).containsExactly(LIST + "?artifactType=x%2Fsbom%2Bjson");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "annotations"})
    void filtersWhereTheRegistryDoesNot(String applied) {
        registry.server().then(index(SBOM, SIGNATURE, UNNAMED).with("OCI-Filters-Applied", applied));

        assertThat(repository.referrers(SUBJECT, "x/sbom")).containsExactly(SBOM);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 405, 406, 501})
    void readsTheFallbackTagWhereThereIsNoList(int status) {
        registry.server().then(
                body(status, "404 page not found"), index(SBOM, SIGNATURE), status(status), index(SBOM, SIGNATURE));

        assertThat(repository.referrers(SUBJECT)).containsExactly(SBOM, SIGNATURE);
        assertThat(repository.referrers(SUBJECT, "x/signature")).containsExactly(SIGNATURE);
        assertThat(registry.asked()).containsExactly(LIST, TAG, LIST + "?artifactType=x%2Fsignature", TAG);
    }

    @Test
    void takesAPageForPeopleForNoList() {
        registry.server().then(
                body(200, "<html>").with("Content-Type", "text/html").with("Link", "</x>; rel=next"), index(SBOM));

        assertThat(repository.referrers(SUBJECT)).containsExactly(SBOM);
    }

    @Test
    void findsNothingUnderAFallbackTagThatIsMissingOrSomethingElse() {
        registry.server().then(
                status(404), error(404, "MANIFEST_UNKNOWN", "none"),
                status(404), body(200, "{\"schemaVersion\":2}").with("Content-Type", MediaTypes.OCI_MANIFEST));

        assertThat(repository.referrers(SUBJECT)).isEmpty();
        assertThat(repository.referrers(SUBJECT)).isEmpty();
    }

    @Test
    void hasNoReferrersWhereThereIsNoRepository() {
        registry.server().then(
                error(404, "NAME_UNKNOWN", "no such repository"),
                status(404), error(404, "NAME_UNKNOWN", "no such repository"));

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(RegistryException.NotFound.class)
                    .isThrownBy(() -> repository.referrers(SUBJECT).toList())
                    .withMessage("no such repository");
        }
    }

    @Test
    void saysWhyReferrersAreNotShown() {
        registry.server().then(error(403, "DENIED", "not yours"));

        assertThatExceptionOfType(RegistryException.Denied.class)
                .isThrownBy(() -> repository.referrers(SUBJECT).toList());
    }

    @Test
    void readsNoListThatIsNone() {
        registry.server().then(
                body(200, "[]").with("Content-Type", MediaTypes.OCI_INDEX),
                status(404), body(200, "[]").with("Content-Type", MediaTypes.OCI_INDEX));

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(UncheckedIOException.class)
                    .isThrownBy(() -> repository.referrers(SUBJECT).toList())
                    .withMessageContaining("the list of referrers cannot be read");
        }
    }

    @Test
    void aTagThatLooksLikeADigestIsATag() {
        Tag tag = FallbackTag.of(SUBJECT);

        assertThat(tag).hasToString("sha256-" + SUBJECT.hex());
        assertThat(Reference.parse(tag.value())).isEqualTo(tag);
        assertThat(FallbackTag.of(Digest.of(DigestAlgorithm.SHA512, new byte[0])).value())
                .hasSize("sha512-".length() + 64)
                .startsWith("sha512-cf83e1357eefb8bd");
    }
}
