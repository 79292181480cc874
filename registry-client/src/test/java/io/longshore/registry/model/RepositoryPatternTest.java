package io.longshore.registry.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryPatternTest {

    @ParameterizedTest
    @CsvSource({
        "team/app, team/app, true", "team/app, team/apps, false", "team/app, team/ap, false",
        "team/*, team/app, true", "team/*, team/app/base, false", "team/*, team, false",
        "team/**, team/app, true", "team/**, team/app/base, true", "team/**, team, false",
        "*, app, true", "*, team/app, false", "**, app, true", "**, team/app/base, true",
        "**/base, team/base, true", "**/base, a/b/base, true", "**/base, base, false",
        "team-*/app, team-a/app, true", "team-*/app, team-a/b/app, false", "a.c, abc, false",
        "*a*b, aab, true", "*a*b, aba, false", "a**c, a/b/c, true",
    })
    void matchesNames(String pattern, String name, boolean matches) {
        assertThat(RepositoryPattern.parse(pattern).matches(RepositoryName.parse(name))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Team", "a b", "a***", "[a]", "a?", "a\\b", "é", "a\nb", "a%b", "a:b"})
    void refusesWhatNoNameCanMatch(String pattern) {
        assertThatExceptionOfType(RegistryException.Invalid.class)
                .isThrownBy(() -> RepositoryPattern.parse(pattern))
                .matches(e -> e.errors().get(0).code() == ErrorCode.NAME_INVALID);
    }

    @Test
    void refusesPatternsThatAreLongerThanAnyName() {
        assertThatExceptionOfType(RegistryException.Invalid.class)
                .isThrownBy(() -> RepositoryPattern.parse("a".repeat(256)));
    }

    @Test
    void saysWhatAllItsNamesBeginWith() {
        assertThat(RepositoryPattern.parse("team/a*/b").literalPrefix()).isEqualTo("team/a");
        assertThat(RepositoryPattern.parse("team/app").literalPrefix()).isEqualTo("team/app");
        assertThat(RepositoryPattern.ALL.literalPrefix()).isEmpty();
    }

    @Property
    void isTheSameAsItsRegularExpression(@ForAll("patterns") String pattern, @ForAll("names") String name) {
        RepositoryPattern parsed = RepositoryPattern.parse(pattern);

        assertThat(parsed.matches(RepositoryName.parse(name))).isEqualTo(Pattern.matches(parsed.toRegex(), name));
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("a./*").ofMinLength(1).ofMaxLength(8)
                .filter(pattern -> !pattern.contains("***"));
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("a", "aa", "a/a", "a.a", "a/a/a", "aa/a", "a.a/a", "aaaa");
    }

    @Test
    void takesNoLongerForStarsThatCouldStandForManyThings() {
        RepositoryPattern pattern = RepositoryPattern.parse("*a".repeat(100) + "*b");
        RepositoryName name = RepositoryName.parse("a".repeat(RepositoryName.MAX_LENGTH));

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> assertThat(pattern.matches(name)).isFalse());
    }
}
