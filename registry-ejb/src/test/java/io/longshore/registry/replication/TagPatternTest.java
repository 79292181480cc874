package io.longshore.registry.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.model.Tag;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagPatternTest {

    @ParameterizedTest
    @CsvSource({
        "v1, v1, true", "v1, v10, false", "v1, V1, false", "*, anything, true", "v*, v, true", "v*, w1, false",
        "*-alpine, 1.2-alpine, true", "*-alpine, 1.2-alpine3, false", "1.*.0, 1.2.0, true", "1.*.0, 1.2.1, false",
        "a*b*c, aXbYbZc, true", "1.2, 1x2, false", "**, v1, true"
    })
    void matches(String pattern, String tag, boolean expected) {
        assertThat(new TagPattern(pattern).matches(Tag.parse(tag))).isEqualTo(expected);
    }

    @Property
    void matchesWhatTheRegularExpressionDoes(
            @ForAll @StringLength(min = 1, max = 8) @CharRange(from = 'a', to = 'b') @Chars('*') String pattern,
            @ForAll @StringLength(min = 1, max = 10) @CharRange(from = 'a', to = 'b') String tag) {
        assertThat(new TagPattern(pattern).matches(Tag.parse(tag)))
                .isEqualTo(Pattern.matches(pattern.replace("*", ".*"), tag));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "a?", "[ab]"})
    void refusesWhatNoTagCanMatch(String pattern) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new TagPattern(pattern));
    }
}
