package io.longshore.registry.client.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class ChallengeTest {
    @Test
    void readsWhereTokensAreGivenOutAndForWhat() {
        Challenge challenge = only("Bearer realm=\"https://auth.example/token?x=1,2\","
                + "service=\"registry.example:5000\",scope=\"repository:a/b:pull,push repository:c:pull\",error=\"insufficient_scope\"");

        assertThat(challenge.isBearer()).isTrue();
        assertThat(challenge.isBasic()).isFalse();
        assertThat(challenge.realm()).contains("https://auth.example/token?x=1,2");
        assertThat(challenge.service()).contains("registry.example:5000");
        assertThat(challenge.scopes()).containsExactly("repository:a/b:pull,push", "repository:c:pull");
        assertThat(challenge.error()).contains("insufficient_scope");
    }

    @Test
    void readsSeveralChallengesOfOneHeader() {
        List<Challenge> challenges = Challenge.parse(List.of(
                "Negotiate, NTLM abc+/==, Basic realm=\"a, Bearer b\" , charset=UTF-8,Bearer realm = \"https://x\""));

        assertThat(challenges).containsExactly(
                new Challenge("negotiate", Map.of()),
                new Challenge("ntlm", Map.of()),
                new Challenge("basic", Map.of("realm", "a, Bearer b", "charset", "UTF-8")),
                new Challenge("bearer", Map.of("realm", "https://x")));
    }

    @Test
    void readsSeveralHeaders() {
        assertThat(Challenge.parse(List.of("bearer realm=\"https://x\"", "BASIC realm=\"y\"")))
                .extracting(Challenge::scheme)
                .containsExactly("bearer", "basic");
    }

    @Test
    void takesTheBackslashesOutOfQuotedStrings() {
        assertThat(only("Basic realm=\"a \\\"b\\\\ c\"").realm()).contains("a \"b\\ c");
    }

    @Test
    void comparesNamesWithoutTheirCase() {
        assertThat(only("BEARER Realm=https-x, SERVICE=y").service()).contains("y");
    }

    @Test
    void takesTheFirstOfAParameterThatIsGivenTwice() {
        assertThat(only("Basic realm=a, realm=b").realm()).contains("a");
    }

    @Test
    void isNoBearerWithoutARealm() {
        assertThat(only("Bearer service=\"x\"").isBearer()).isFalse();
        assertThat(only("Bearer").isBearer()).isFalse();
    }

    @Test
    void hasNoScopesIfNoneIsNamed() {
        assertThat(only("Bearer realm=\"x\"").scopes()).isEmpty();
        assertThat(only("Bearer realm=\"x\",scope=\" \"").scopes()).isEmpty();
    }

    @Test
    void passesOverWhatIsNoChallenge() {
        assertThat(Challenge.parse(List.of("", ", ,", "\"x\", Basic realm=\"y\"")))
                .containsExactly(new Challenge("basic", Map.of("realm", "y")));
    }

    @Test
    void endsAQuotedStringWithTheHeader() {
        assertThat(only("Basic realm=\"abc").realm()).contains("abc");
        assertThat(only("Basic realm=\"abc\\").realm()).contains("abc\\");
    }

    @Property
    void readsAnyHeader(@ForAll @Chars({'a', 'B', '=', ',', '"', '\\', ' ', '\t', '/', 'ä'}) String header) {
        assertThat(Challenge.parse(List.of(header)))
                .allSatisfy(challenge -> assertThat(challenge.scheme()).isNotEmpty());
    }

    private static Challenge only(String header) {
        List<Challenge> challenges = Challenge.parse(List.of(header));
        assertThat(challenges).hasSize(1);
        return challenges.get(0);
    }
}
