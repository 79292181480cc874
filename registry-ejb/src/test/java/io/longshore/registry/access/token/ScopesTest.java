package io.longshore.registry.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.longshore.registry.access.GrantedPermissions;
import io.longshore.registry.access.Permissions;
import io.longshore.registry.access.token.TokenAccess.Catalog;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {
    private static final TokenAccess NOTHING = new TokenAccess(Map.of(), Optional.empty());
    private static TokenAccess parsed(String... values) {
        return Scopes.parse(List.of(values)).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "repository:alpine:pull                            | repository:alpine:pull",
        "repository:library/alpine:push,pull               | repository:library/alpine:pull,push",
        "repository:a:pull,pull                            | repository:a:pull",
        "repository:a:*                                    | repository:a:pull,push,delete",
        "repository:a:delete,*                             | repository:a:pull,push,delete",
        "repository:a:pull,fly                             | repository:a:pull",
        "repository:a:                                     | 'repository:a:'",
        "repository:a:admin                                | 'repository:a:'",
        "repository:a:PULL                                 | 'repository:a:'",
        "repository(plugin):a/b:pull                       | repository:a/b:pull",
        "repository():a/b:pull                             | repository:a/b:pull",
        "repository:localhost:5000/team/app:pull           | repository:team/app:pull",
        "repository:[::1]:5000/team/app:pull               | repository:team/app:pull",
        "repository:registry.example.com/team/app:pull     | repository:registry.example.com/team/app:pull",
        "repository:a:pull repository:b:push               | repository:a:pull repository:b:push",
        "repository:a:pull repository:a:push               | repository:a:pull,push",
        "repository:a:pull  repository:b:push              | repository:a:pull repository:b:push",
        "registry:catalog:*                                | registry:catalog:*",
    })
    void reads(String scopes, String access) {
        assertThat(Scopes.format(parsed(scopes))).isEqualTo(access);
    }

    @Test
    void readsAsManyParametersAsThereAre() {
        assertThat(parsed("repository:a:pull repository:b:pull", "registry:catalog:*", "repository:a:push"))
                .isEqualTo(new TokenAccess(
                        Map.of(
                                RepositoryName.parse("a"), Set.of(Action.PULL, Action.PUSH),
                                RepositoryName.parse("b"), Set.of(Action.PULL)),
                        Optional.of(Catalog.WHOLE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", ":", "::", "repository", "repository:a", "repository::pull", "repository:A:pull",
        "repository:../a:pull", "repository:a/../b:pull", "repository:a%2Fb:pull", "repository:a\u0000:pull",
        "repository:**:pull", "repository:*:pull", "repository:a:b:pull", "repository:a,b:pull",
        "Repository:a:pull", "repository(plugin:a:pull", "(plugin):a:pull", "plugin:a:pull", ":a:pull",
        "repository:localhost:5000:pull", "repository:localhost:5000/:pull", "repository:a:5/b:5/c:pull",
        "registry:catalog:pull", "registry:catalog:", "registry:other:*", "repository:a\n:pull"
    })
    void whatIsNoScopeAsksForNothingAndHarmsNoOther(String scope) {
        assertThat(parsed(scope)).isEqualTo(NOTHING);
        assertThat(Scopes.format(parsed("repository:x:pull", scope, "repository:y:pull")))
                .isEqualTo("repository:x:pull repository:y:pull");
    }

    @Test
    void takesTheLongestNamesAndNothingLonger() {
        String longest = "a".repeat(RepositoryName.MAX_LENGTH);
        String scope = "repository:" + longest + ":pull";

        assertThat(Scopes.format(parsed(scope))).isEqualTo(scope);
        assertThat(parsed("repository:a" + longest + ":pull")).isEqualTo(NOTHING);
        assertThat(parsed("repository:a:" + "pull,".repeat(200))).isEqualTo(NOTHING);
    }

    @Test
    void refusesMoreThanAHundredScopes() {
        assertThat(Scopes.parse(Collections.nCopies(Scopes.MOST, "repository:a:pull"))).isPresent();
        assertThat(Scopes.parse(Collections.nCopies(Scopes.MOST + 1, "repository:a:pull"))).isEmpty();
        assertThat(Scopes.parse(List.of("x ".repeat(Scopes.MOST + 1)))).isEmpty();
    }

    @Property
    void readsBackWhatItWrites(@ForAll("accesses") TokenAccess access) {
        assertThat(Scopes.parse(List.of(Scopes.format(access)))).contains(access);
    }

    @Property
    void readsAnythingWithoutFailing(@ForAll @Size(max = 20) List<String> values) {
        assertThatCode(() -> Scopes.parse(values)).doesNotThrowAnyException();
    }

    @Property
    void neverGrantsMoreThanWasAskedOrIsAllowed(
            @ForAll("accesses") TokenAccess asked, @ForAll("accesses") TokenAccess allowed) {
        TokenAccess granted = asked.within(new GrantedPermissions(List.of(), grants(allowed), Optional.empty()));

        granted.repositories().forEach((name, actions) -> {
            assertThat(asked.repositories().get(name)).containsAll(actions);
            assertThat(allowed.repositories().get(name)).containsAll(actions);
            assertThat(actions).isNotEmpty();
        });
        asked.repositories().forEach((name, actions) -> actions.stream()
                .filter(action -> allowed.repositories().getOrDefault(name, Set.of()).contains(action))
                .forEach(action -> assertThat(granted.repositories().get(name)).contains(action)));
    }

    private static List<Grant> grants(TokenAccess access) {
        return access.repositories().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new Grant(new RepositoryPattern(entry.getKey().value()), entry.getValue()))
                .toList();
    }

    @Test
    void onlyAdministratorsMayListWhatOthersSee() {
        Grant everything = new Grant(RepositoryPattern.ALL, Set.of(Action.ADMIN));
        TokenAccess asked = parsed("registry:catalog:*");
        Permissions admins = new GrantedPermissions(List.of(), List.of(everything), Optional.empty());

        assertThat(Scopes.format(asked.within(admins)))
                .isEqualTo("registry:catalog:*");
        assertThat(Scopes.format(asked.within(new GrantedPermissions(List.of(), List.of(), Optional.empty()))))
                .isEqualTo("registry:catalog:pull");
    }

    @Provide
    Arbitrary<TokenAccess> accesses() {
        Arbitrary<RepositoryName> names = Arbitraries.of("a", "b", "a/b", "team/app", "x.y/z__1")
                .map(RepositoryName::parse);
        Arbitrary<Set<Action>> actions = Arbitraries.subsetOf(TokenAccess.ACTIONS);
        Arbitrary<Optional<Catalog>> catalog = Arbitraries.of(Optional.empty(), Optional.of(Catalog.WHOLE));
        return Arbitraries.maps(names, actions)
                .map(LinkedHashMap::new)
                .flatMap(map -> catalog.map(listed -> new TokenAccess(map, listed)));
    }
}
