package io.longshore.registry.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimPatternTest {

    @ParameterizedTest
    @CsvSource({
        "acme, acme, true", "acme, acme2, false", "acme, ACME, false", "acme, xacme, false", "acme, 'acme\n', false",
        "acme/*, acme/app, true", "acme/*, acme/app/base, true", "acme/*, acme, false", "acme/*, acme2/app, false",
        "*, '', true", "*, 'a\nb', true", "a*b*c, aXbYc, true", "a*b*c, acb, false", "**, a, true",
        "a.c, abc, false", "a.c, a.c, true", "(a|b), a, false", "[a], a, false", "\\Qa\\E, a, false",
        "a\\Eb, a\\Eb, true",
        "$, '', false", "'', '', true"
    })
    void starStandsForAnyCharactersAndNothingElseIsSpecial(String pattern, String text, boolean matches) {
        assertThat(new ClaimPattern(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void matchesAnyItemOfAList() {
        ClaimPattern pattern = new ClaimPattern("a*");

        assertThat(pattern.matchesClaim(List.of("b", "ab"))).isTrue();
        assertThat(pattern.matchesClaim(List.of("b"))).isFalse();
        assertThat(pattern.matchesClaim(List.of())).isFalse();
        assertThat(pattern.matchesClaim(List.of(List.of("ab")))).isFalse();
    }

    @Test
    void matchesNumbersAndTruthValuesAsJsonWritesThem() {
        assertThat(new ClaimPattern("true").matchesClaim(true)).isTrue();
        assertThat(new ClaimPattern("true").matchesClaim("true")).isTrue();
        assertThat(new ClaimPattern("12").matchesClaim(12L)).isTrue();
    }

    @Test
    void nothingElseMatches() {
        ClaimPattern all = new ClaimPattern("*");

        assertThat(all.matchesClaim(Map.of("a", "b"))).isFalse();
        assertThat(all.matchesClaim(1.5)).isFalse();
        assertThat(all.matchesClaim(Arrays.asList((Object) null))).isFalse();
    }
}
