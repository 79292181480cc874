package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class UrlRulesTest {
    private static final String EXAMPLE = "^https?://([^/]+\\.)*example\\.com/";

    @Test
    void withoutRulesPermitsAll() {
        assertThat(UrlRules.ANY.permits("https://example.com/layer")).isTrue();
        assertThat(UrlRules.ANY.permits("")).isTrue();
    }

    @Test
    void permitsWhatOneOfTheAllowedMatches() {
        UrlRules rules = UrlRules.of(List.of("^https://a/", "^https://b/"), List.of());

        assertThat(rules.permits("https://a/layer")).isTrue();
        assertThat(rules.permits("https://b/layer")).isTrue();
        assertThat(rules.permits("https://c/layer")).isFalse();
    }

    @Test
    void deniesWhatIsAllowedToo() {
        UrlRules rules = UrlRules.of(List.of(EXAMPLE), List.of("^https?://www\\.example\\.com/"));

        assertThat(rules.permits("https://cdn.example.com/layer")).isTrue();
        assertThat(rules.permits("https://www.example.com/layer")).isFalse();
    }

    @Test
    void permitsAllThatIsNotDeniedWhereNothingIsAllowed() {
        UrlRules rules = UrlRules.of(List.of(), List.of("^http:"));

        assertThat(rules.permits("https://a/")).isTrue();
        assertThat(rules.permits("http://a/")).isFalse();
    }

    @Test
    void looksForTheRuleAnywhere() {
        assertThat(UrlRules.of(List.of("trusted"), List.of()).permits("https://a.trusted.example/")).isTrue();
    }

    /** A backtracking engine would not come back from this one in the life of the universe. */
    @Test
    void endsOnUrlsMadeToBacktrack() {
        assertThat(UrlRules.of(List.of(EXAMPLE), List.of()).permits("https://" + "a.".repeat(5000) + "/")).isFalse();
    }

    @Test
    void refusesWhatIsNoExpression() {
        assertThatIllegalArgumentException().isThrownBy(() -> UrlRules.of(List.of("("), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> UrlRules.of(List.of(), List.of("(?=ahead)")));
    }
}
