package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.Platform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValidationConfigTest {
    private static final ListedPlatform LINUX = new ListedPlatform("linux", "amd64");
    private static final ListedPlatform WINDOWS = new ListedPlatform("windows", "amd64");

    private static final IndexValidation EVERYTHING = new IndexValidation(IndexValidation.Mode.ALL, Set.of());

    private static Descriptor child(Platform platform) {
        return new Descriptor(
                "application/vnd.oci.image.manifest.v1+json",
                Digest.parse("sha256:" + "0".repeat(64)),
                0,
                List.of(),
                Map.of(),
                Optional.ofNullable(platform),
                Optional.empty());
    }

    @Test
    void asksForEveryManifestAndPermitsEveryUrlUnlessToldOtherwise() {
        assertThat(Given.nothing().config().validation())
                .isEqualTo(new ValidationConfig(EVERYTHING, UrlRules.ANY));
    }

    @Test
    void takesEveryKey() {
        assertThat(Given.file("""
                validation:
                  disabled: false
                  manifests:
                    urls:
                      allow:
                        - ^https?://([^/]+\\.)*example\\.com/
                      deny:
                        - ^https?://www\\.example\\.com/
                    indexes:
                      platforms: List
                      platformlist:
                        - architecture: amd64
                          os: linux
                """).config().validation())
                .isEqualTo(new ValidationConfig(
                        new IndexValidation(IndexValidation.Mode.LIST, Set.of(LINUX)),
                        UrlRules.of(
                                List.of("^https?://([^/]+\\.)*example\\.com/"),
                                List.of("^https?://www\\.example\\.com/"))));
    }

    @Test
    void disablingLeavesNoCheck() {
        Given given = Given.file("""
                validation:
                  disabled: true
                  manifests: {urls: {deny: [.]}}
                """);

        assertThat(given.config().validation())
                .isEqualTo(new ValidationConfig(IndexValidation.NOTHING, UrlRules.ANY));
    }

    @Test
    void variablesPutListsTogether() {
        Given given = Given.key("validation.manifests.indexes.platforms", "list")
                .variable("REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMLIST_0_OS", "linux")
                .variable("REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMLIST_0_ARCHITECTURE", "amd64")
                .variable("REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMLIST_1", "{os: windows, architecture: amd64}");

        assertThat(given.config().validation().indexes().platforms()).containsExactlyInAnyOrder(LINUX, WINDOWS);
    }

    @Test
    void variablesOverrideAndExtendListOfTheFile() {
        Given given = Given.file("validation: {manifests: {urls: {allow: [a, b]}}}");
        for (int i = 1; i < 12; i++) {
            given.variable("REGISTRY_VALIDATION_MANIFESTS_URLS_ALLOW_" + i, "x" + i);
        }

        UrlRules urls = given.config().validation().urls();

        assertThat(urls).isEqualTo(UrlRules.of(
                List.of("a", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11"), List.of()));
    }

    @Test
    void rejectsGapInList() {
        assertThat(Given.file("validation: {manifests: {urls: {allow: [a]}}}")
                        .variable("REGISTRY_VALIDATION_MANIFESTS_URLS_ALLOW_2", "b").problems())
                .containsExactly("validation.manifests.urls.allow (REGISTRY_VALIDATION_MANIFESTS_URLS_ALLOW_2):"
                        + " expected an index of at most 1, the end of the list");
    }

    @Test
    void rejectsOtherModes() {
        assertThat(Given.key("validation.manifests.indexes.platforms", "some").problems())
                .containsExactly("validation.manifests.indexes.platforms"
                        + " (REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMS): expected one of all, none, list,"
                        + " not \"some\"");
    }

    @Test
    void rejectsListWithoutPlatforms() {
        assertThat(Given.key("validation.manifests.indexes.platforms", "list").problems())
                .containsExactly("validation.manifests.indexes.platforms"
                        + " (REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMS): expected platforms in"
                        + " REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMLIST");
    }

    @Test
    void warnsOfPlatformsThatAreNotUsed() {
        assertThat(Given.key("validation.manifests.indexes.platformlist", "[{os: linux, architecture: amd64}]")
                        .warnings())
                .containsExactly("validation.manifests.indexes.platformlist"
                        + " (REGISTRY_VALIDATION_MANIFESTS_INDEXES_PLATFORMLIST): has no effect unless"
                        + " validation.manifests.indexes.platforms is list");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "linux",
        "{os: linux, architecture: amd64}",
        "[linux]",
        "[{os: linux}]",
        "[{os: linux, architecture: }]",
        "[{os: linux, architecture: amd64, variant: v2}]",
    })
    void rejectsWhatAreNoPlatforms(String list) {
        assertThat(Given.key("validation.manifests.indexes.platformlist", list).problems())
                .singleElement().asString()
                .endsWith("expected a list of platforms: [{os: linux, architecture: amd64}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validation.manifests.urls.allow", "validation.manifests.urls.deny"})
    void rejectsWhatIsNoRegularExpression(String key) {
        assertThat(Given.key(key, "(unclosed").problems())
                .singleElement().asString()
                .startsWith(key + " (" + Key.variable(key) + "): expected regular expressions");
        assertThat(Given.key(key, "[[a]]").problems())
                .containsExactly(key + " (" + Key.variable(key) + "): expected a list of regular expressions");
    }

    @Test
    void rejectsWhatIsNoBoolean() {
        assertThat(Given.key("validation.disabled", "maybe").problems()).hasSize(1);
    }

    @Test
    void indexNeedsEveryManifestOrNoneOrThoseListed() {
        IndexValidation listed = new IndexValidation(IndexValidation.Mode.LIST, Set.of(LINUX));

        assertThat(EVERYTHING.requires(child(null))).isTrue();
        assertThat(IndexValidation.NOTHING.requires(child(Platform.of("linux", "amd64")))).isFalse();
        assertThat(listed.requires(child(Platform.of("linux", "amd64")))).isTrue();
        assertThat(listed.requires(child(Platform.of("windows", "amd64")))).isFalse();
        assertThat(listed.requires(child(null))).isFalse();
    }
}
