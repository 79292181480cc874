package io.longshore.registry.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.web.Requests;
import io.longshore.registry.web.location.Locations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChallengesTest {
    private static final HttpServletRequest REQUEST =
            Requests.of("GET", "/v2/", null, Map.of("Host", List.of("registry.example:5000")));
    private static final Locations LOCATIONS = new Locations(true, Optional.empty());

    @Test
    void asksForATokenOnTheHostThatTheClientUses() {
        Challenges challenges = Challenges.bearer(Optional.empty(), "/auth/token", LOCATIONS, "longshore");

        assertThat(challenges.of(REQUEST, "", ""))
                .isEqualTo("Bearer realm=\"http://registry.example:5000/auth/token\",service=\"longshore\"");
    }

    @Test
    void saysWhatTheTokenIsForAndWhyTheLastOneWasNotEnough() {
        Challenges challenges =
                Challenges.bearer(Optional.of("https://auth.example/token"), "/auth/token", LOCATIONS, "longshore");

        assertThat(challenges.of(REQUEST, "repository:a:pull,push", "insufficient_scope"))
                .isEqualTo("Bearer realm=\"https://auth.example/token\",service=\"longshore\","
                        + "scope=\"repository:a:pull,push\",error=\"insufficient_scope\"");
        assertThat(challenges.of(REQUEST, "", "invalid_token"))
                .isEqualTo("Bearer realm=\"https://auth.example/token\",service=\"longshore\",error=\"invalid_token\"");
    }

    @Test
    void asksForAPasswordWhateverItIsFor() {
        assertThat(Challenges.basic("Images of Example").of(REQUEST, "repository:a:pull", "invalid_token"))
                .isEqualTo("Basic realm=\"Images of Example\", charset=\"UTF-8\"");
    }
}
