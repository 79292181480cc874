package io.longshore.registry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.model.Tag;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "^1.2; 1.2.0; true", "^1.2; 1.10.3; true", "^1.2; 2.0.0; false", "^1.2; v1.3.0; true",
        ">=1.4 <2; 1.3.9; false", ">=1.4 <2; 1.4.0; true", "1.x || 3.x; 2.0.0; false", "1.x || 3.x; 3.1.4; true",
        "~1.2.3; 1.2.9; true", "~1.2.3; 1.3.0; false", "1.0.0 - 1.2.0; 1.1.5; true", "*; 0.0.1; true",
        "*; latest; false", "*; 1.2; false", "*; 1; false", "*; 01.2.3; false", "*; 1.2.3-; false",
        ">=1.0.0; 1.1.0-rc.1; false", ">=1.1.0-alpha; 1.1.0-rc.1; true", "1.2.3; 1.2.3; true",
        "*; 99999999999999999999.0.0; false",
        "1.2.3 - 2; 2.4.0; true", ">1.2; 1.2.9; false", "<=2.x; 2.9.9; true", "=1.2.3; 1.2.3; true"
    })
    void contains(String range, String tag, boolean expected) {
        assertThat(VersionRange.parse(range).contains(Tag.parse(tag))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "  ", "latest", "1.2.3.4", ">=", "^", "(1,2)", "1.2 ||", "|| 1.2", ">= 1.2", "1.2 - 1.3 - 1.4"
    })
    void refusesWhatIsNoRange(String text) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> VersionRange.parse(text))
                .withMessageContaining("expected a range");
    }

    @Test
    void knowsWhichIsTheNewest() {
        List<String> tags = List.of("1.9.0", "v1.10.0", "1.10.0-rc.1", "0.1.0", "2.0.0-alpha");

        assertThat(tags.stream().map(Tag::parse).sorted(VersionRange.NEWEST_FIRST).map(Tag::value))
                .containsExactly("2.0.0-alpha", "v1.10.0", "1.10.0-rc.1", "1.9.0", "0.1.0");
        assertThat(Stream.of("1.0.0", "v1.0.0").map(Tag::parse).sorted(VersionRange.NEWEST_FIRST).map(Tag::value))
                .as("the same, in an order that is always the same").containsExactly("1.0.0", "v1.0.0");
    }
}
