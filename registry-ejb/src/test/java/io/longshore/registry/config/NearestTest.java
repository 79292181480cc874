package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    @ParameterizedTest
    @CsvSource({
        "kitten, sitting, 3",
        "'', abc, 3",
        "abc, '', 3",
        "abc, abc, 0",
        "flaw, lawn, 2"
    })
    void countsEdits(String left, String right, int edits) {
        assertThat(Nearest.distance(left, right)).isEqualTo(edits);
    }

    @ParameterizedTest
    @CsvSource({
        "htpp, http",
        "http.adr, http.addr",
        "HTTP.ADDR, http.addr",
        "http.relativeurl, http.relativeurls",
        "storage.uploadpurging.age, storage.maintenance.uploadpurging.age",
        "addr, http.addr",
        "headers, http.headers",
        "storage.delete.enable, storage.delete.enabled",
        "storage.deleet.enabled, storage.delete.enabled",
        "databse.url, database.url",
        "validation.platforms, validation.manifests.indexes.platforms",
        "tags.maxentries, tags.maxtags",
        "auth.htpaswd, auth.htpasswd",
        "redi, redis"
    })
    void namesWhatWasMeant(String unknown, String meant) {
        assertThat(Keys.nearest(unknown.toLowerCase(Locale.ROOT))).isEqualTo(meant);
    }

    @Test
    void hasAnAnswerToEverything() {
        assertThat(Keys.nearest("")).isNotEmpty();
        assertThat(Keys.nearest("...")).isNotEmpty();
        assertThat(Keys.nearest("x".repeat(100_000))).isNotEmpty();
    }
}
