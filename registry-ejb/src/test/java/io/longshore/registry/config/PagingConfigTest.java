package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagingConfigTest {

    @Test
    void hasDefaults() {
        assertThat(Given.nothing().config().paging()).isEqualTo(new PagingConfig(1000, 1000, 1000));
        assertThat(Given.nothing().config().manifests()).isEqualTo(new ManifestConfig(DataSize.ofMiB(4)));
    }

    @Test
    void takesEveryKey() {
        RegistryConfig config = Given.file("""
                catalog: {maxentries: 1}
                tags: {maxtags: 2}
                referrers: {maxentries: 2147483647}
                manifests: {maxsize: 16MiB}
                """).config();

        assertThat(config.paging()).isEqualTo(new PagingConfig(1, 2, Integer.MAX_VALUE));
        assertThat(config.manifests()).isEqualTo(new ManifestConfig(DataSize.ofMiB(16)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog.maxentries", "tags.maxtags", "referrers.maxentries"})
    void rejectsEmptyPages(String key) {
        assertThat(Given.key(key, "0").problems())
                .containsExactly(key + " (" + Key.variable(key)
                        + "): expected a whole number from 1 to 2147483647, not \"0\"");
    }

    @ParameterizedTest
    @CsvSource({"4194303", "1KiB", "513MiB", "-4MiB", "4 MiB"})
    void rejectsManifestSizesOutsideOfTheRange(String size) {
        assertThat(Given.key("manifests.maxsize", size).problems())
                .singleElement().asString()
                .startsWith("manifests.maxsize (REGISTRY_MANIFESTS_MAXSIZE): expected a size")
                .endsWith(", not \"" + size + "\"");
    }
}
