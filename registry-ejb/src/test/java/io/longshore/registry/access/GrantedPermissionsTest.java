package io.longshore.registry.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.permission.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantedPermissionsTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");

    @Test
    void givesWhatAnyGrantGives() {
        Permissions permissions = granted(grant("team/*", Action.PULL), grant("team/app", Action.PUSH));

        assertThat(permissions.allow(APP, Action.PULL)).isTrue();
        assertThat(permissions.allow(APP, Action.PUSH)).isTrue();
        assertThat(permissions.allow(APP, Action.DELETE)).isFalse();
        assertThat(permissions.allow(RepositoryName.parse("team/web"), Action.PUSH)).isFalse();
        assertThat(permissions.allow(RepositoryName.parse("other"), Action.PULL)).isFalse();
    }

    @Test
    void givesEverythingOfARepositoryToWhoAdministersIt() {
        Permissions permissions = granted(grant("team/**", Action.ADMIN));

        for (Action action : Action.values()) {
            assertThat(permissions.allow(APP, action)).isTrue();
        }
        assertThat(permissions.allowAdministration()).isFalse();
        assertThat(permissions.visible()).isEqualTo(Visibility.of(List.of(RepositoryPattern.parse("team/**"))));
    }

    @Test
    void administersTheRegistryByAdministeringEveryRepository() {
        assertThat(granted(grant("**", Action.ADMIN)).allowAdministration()).isTrue();
        assertThat(granted(grant("**", Action.PULL, Action.PUSH, Action.DELETE)).allowAdministration()).isFalse();
        assertThat(limited(List.of(grant("**", Action.ADMIN)), grant("**", Action.PUSH)).allowAdministration())
                .isFalse();
    }

    @Test
    void givesNothingBeyondItsLimits() {
        Permissions permissions = limited(
                List.of(grant("team/**", Action.PULL, Action.PUSH)),
                grant("team/app", Action.PULL, Action.DELETE),
                grant("other", Action.PULL));

        assertThat(permissions.allow(APP, Action.PULL)).isTrue();
        assertThat(permissions.allow(APP, Action.PUSH)).as("not within the limits").isFalse();
        assertThat(permissions.allow(APP, Action.DELETE)).as("not granted").isFalse();
        assertThat(permissions.allow(RepositoryName.parse("other"), Action.PULL)).as("not granted").isFalse();
        assertThat(permissions.visible().includes(APP)).isTrue();
        assertThat(permissions.visible().includes(RepositoryName.parse("other"))).isFalse();
        assertThat(permissions.visible().includes(RepositoryName.parse("team/web"))).isFalse();
    }

    @Test
    void givesWithACredentialWhatItGivesWithoutOne() {
        Permissions permissions = new GrantedPermissions(
                List.of(grant("public/*", Action.PULL)),
                List.of(grant("team/**", Action.PULL)),
                Optional.of(List.of(grant("team/app", Action.PULL))));

        assertThat(permissions.allow(RepositoryName.parse("public/a"), Action.PULL)).isTrue();
        assertThat(permissions.allow(APP, Action.PULL)).isTrue();
        assertThat(permissions.allow(RepositoryName.parse("team/web"), Action.PULL)).isFalse();
        assertThat(permissions.visible().includes(RepositoryName.parse("public/a"))).isTrue();
        assertThat(permissions.visible().includes(APP)).isTrue();
        assertThat(permissions.visible().includes(RepositoryName.parse("team/web"))).isFalse();
        assertThat(permissions.visible().includes(RepositoryName.parse("other"))).isFalse();
    }

    @Test
    void seesNothingWhereNothingMayBePulled() {
        assertThat(granted(grant("**", Action.PUSH)).visible().isNone()).isTrue();
        assertThat(granted().visible().isNone()).isTrue();
        assertThat(limited(List.of(grant("**", Action.PULL))).visible().isNone()).isTrue();
    }

    private static Grant grant(String pattern, Action... actions) {
        return new Grant(RepositoryPattern.parse(pattern), Set.of(actions));
    }

    private static Permissions granted(Grant... grants) {
        return new GrantedPermissions(List.of(), List.of(grants), Optional.empty());
    }

    private static Permissions limited(List<Grant> grants, Grant... limits) {
        return new GrantedPermissions(List.of(), grants, Optional.of(List.of(limits)));
    }
}
