package io.longshore.registry.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Visibility;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimedPermissionsTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");

    private static ClaimedPermissions of(Object access) {
        return ClaimedPermissions.of(new JwtClaims(Issuer.claims("access", access), Issuer.NOW));
    }

    private static Map<String, Object> entry(Object type, Object name, Object actions) {
        Map<String, Object> entry = new HashMap<>();
        entry.put("type", type);
        entry.put("name", name);
        entry.put("actions", actions);
        return entry;
    }

    private static List<Action> allowed(ClaimedPermissions permissions, RepositoryName repository) {
        return Stream.of(Action.values()).filter(action -> permissions.allow(repository, action)).toList();
    }

    @Test
    void givesTheActionsOfTheClaim() {
        ClaimedPermissions permissions = of(List.of(
                entry("repository", "team/app", List.of("pull", "push")),
                entry("repository", "other", List.of("delete"))));

        assertThat(allowed(permissions, APP)).containsExactly(Action.PULL, Action.PUSH);
        assertThat(allowed(permissions, RepositoryName.parse("other"))).containsExactly(Action.DELETE);
        assertThat(allowed(permissions, RepositoryName.parse("team/app/base"))).isEmpty();
        assertThat(permissions.visible()).isEqualTo(Visibility.NONE);
        assertThat(permissions.allowAdministration()).isFalse();
    }

    @Test
    void addsUpWhatIsSaidOfARepository() {
        assertThat(allowed(
                of(List.of(
                        entry("repository", "team/app", List.of("push")),
                        entry("repository", "team/app", List.of("pull", "what")))),
                APP)).containsExactly(Action.PULL, Action.PUSH);
    }

    @Test
    void starIsEveryActionButAdministration() {
        ClaimedPermissions permissions = of(List.of(entry("repository", "team/app", List.of("*"))));

        assertThat(allowed(permissions, APP)).containsExactly(Action.PULL, Action.PUSH, Action.DELETE);
        assertThat(allowed(of(List.of(entry("repository", "team/app", List.of("admin")))), APP)).isEmpty();
    }

    @Test
    void classOfARepositoryMakesNoDifference() {
        Map<String, Object> classed = entry("repository", "team/app", List.of("pull"));
        classed.put("class", "plugin");

        assertThat(allowed(of(List.of(classed)), APP)).containsExactly(Action.PULL);
        assertThat(allowed(of(List.of(entry("repository(plugin)", "team/app", List.of("pull")))), APP))
                .containsExactly(Action.PULL);
    }

    @Test
    void catalogIsGivenByItsOwnEntry() {
        assertThat(of(List.of(entry("registry", "catalog", List.of("*")))).visible()).isEqualTo(Visibility.ALL);
        assertThat(of(List.of(entry("registry", "catalog", List.of("pull")))).catalog()).isFalse();
        assertThat(of(List.of(entry("registry", "other", List.of("*")))).catalog()).isFalse();
        assertThat(of(List.of(entry("repository", "catalog", List.of("*")))).catalog()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "*", "**", "team/*", "", " ", "team/app ", " team/app", "team/app,other", "team/app other", "team/app:pull",
        "team/app:pull,push repository:other", "../team/app", "team/../team/app", "/team/app", "team/app/", "team//app",
        "TEAM/app", "localhost:5000/team/app", "team/app\n", "team/app\u0000", "team%2Fapp", "t\u0435am/app"
    })
    void namesThatAreNoRepositoriesGiveNothing(String name) {
        assertThat(of(List.of(entry("repository", name, List.of("*"))))).isEqualTo(ClaimedPermissions.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Repository", "repository ", "repository()", "repository(plugin", "repository(a)(b)", "", "registry"
    })
    void otherTypesGiveNothing(String type) {
        assertThat(of(List.of(entry(type, "team/app", List.of("*"))))).isEqualTo(ClaimedPermissions.NONE);
    }

    static List<Object> odd() {
        return List.of(
                "repository:team/app:pull",
                Map.of("type", "repository", "name", "team/app", "actions", List.of("pull")),
                1,
                true,
                List.of(),
                List.of("repository:team/app:pull"),
                List.of(List.of(entry("repository", "team/app", List.of("pull")))),
                List.of(entry("repository", "team/app", "pull")),
                List.of(entry("repository", "team/app", null)),
                List.of(entry("repository", "team/app", List.of())),
                List.of(entry("repository", "team/app", List.of("pull", 1))),
                List.of(entry("repository", "team/app", Arrays.asList("pull", null))),
                List.of(entry("repository", "team/app", List.of("pull,push"))),
                List.of(entry("repository", "team/app", List.of("PULL"))),
                List.of(entry("repository", "team/app", Map.of("pull", true))),
                List.of(entry("repository", List.of("team/app"), List.of("pull"))),
                List.of(entry(List.of("repository"), "team/app", List.of("pull"))),
                List.of(entry(null, "team/app", List.of("pull"))),
                List.of(entry("repository", null, List.of("pull"))),
                Arrays.asList((Object) null));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void claimsOfAnotherShapeGiveNothing(Object access) {
        assertThat(of(access)).isEqualTo(ClaimedPermissions.NONE);
    }

    @Test
    void noClaimGivesNothing() {
        assertThat(of(null)).isEqualTo(ClaimedPermissions.NONE);
    }

    @Test
    void badEntryDoesNotSpoilTheOthers() {
        assertThat(allowed(
                of(Arrays.asList(null, 1, entry("repository", "team/app", List.of("pull")))), APP))
                .containsExactly(Action.PULL);
    }
}
