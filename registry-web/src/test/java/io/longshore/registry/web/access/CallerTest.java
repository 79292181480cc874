package io.longshore.registry.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.access.GrantedPermissions;
import io.longshore.registry.access.Identity;
import io.longshore.registry.access.Permissions;
import io.longshore.registry.audit.Actor;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.Denials;
import io.longshore.registry.audit.Via;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.permission.Action;
import io.longshore.registry.permission.Grant;
import io.longshore.registry.web.Requests;
import io.longshore.registry.web.access.Caller.Shown;
import io.longshore.registry.web.location.Locations;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not allowed, and why not. That a refusal for good is audited, the tests of the server look at. */
class CallerTest {
    private static final Identity ALICE = Identity.user("alice", Set.of(), "test");
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Permissions NOTHING = grants();
    private static final Permissions PULL = grants(new Grant(new RepositoryPattern("team/*"), Set.of(Action.PULL)));
    private static final Permissions EVERYTHING = grants(new Grant(RepositoryPattern.ALL, Set.of(Action.ADMIN)));
    /** Scope and error, as a challenge has them. */
    private static final Challenges CHALLENGES = (request, scope, error) -> scope + '|' + error;

    private final HttpServletRequest request = Requests.of("GET", "/v2/");
    private final Refusals refusals = new Refusals(CHALLENGES, new Denials(new Audit(null), () -> 0));

    private static Permissions grants(Grant... grants) {
        return new GrantedPermissions(List.of(), List.of(grants), Optional.empty());
    }

    private Caller caller(Identity identity, Permissions permissions, Permissions most, Shown shown) {
        return new Caller(identity, permissions, most, shown, "192.0.2.1", request, refusals,
                new RequestFacts(new Locations(false, Optional.empty()), Via.NONE.node()));
    }

    private static String challenge(Runnable check) {
        return catchThrowableOfType(RegistryException.Unauthenticated.class, check::run).challenge();
    }

    @Test
    void anonymousIsAskedToLogIn() {
        Caller caller = caller(Identity.ANONYMOUS, NOTHING, NOTHING, Shown.NOTHING);

        assertThat(challenge(() -> caller.require(APP, Action.PULL))).isEqualTo("repository:team/app:pull|");
        assertThat(challenge(() -> caller.require(APP, Action.PUSH))).isEqualTo("repository:team/app:pull,push|");
        assertThat(challenge(() -> caller.require(APP, Action.DELETE))).isEqualTo("repository:team/app:delete|");
        assertThat(challenge(caller::requireSignIn)).isEqualTo("|");
        assertThat(challenge(caller::requireCredentials)).isEqualTo("|");
        assertThat(challenge(caller::requireCatalog)).isEqualTo("registry:catalog:*|");
        assertThat(challenge(caller::requireAdministration)).isEqualTo("|");
    }

    @Test
    void whoeverMayIsLeftAlone() {
        Caller caller = caller(Identity.ANONYMOUS, PULL, PULL, Shown.NOTHING);

        assertThatCode(() -> caller.require(APP, Action.PULL)).doesNotThrowAnyException();
        assertThatCode(caller::requireCatalog).doesNotThrowAnyException();
        assertThat(challenge(() -> caller.require(APP, Action.PUSH))).isEqualTo("repository:team/app:pull,push|");
    }

    @Test
    void aTokenForLessIsAnsweredWithAskingForMore() {
        Caller caller = caller(ALICE, PULL, EVERYTHING, Shown.OWN_TOKEN);

        assertThat(challenge(() -> caller.require(APP, Action.PUSH)))
                .isEqualTo("repository:team/app:pull,push|insufficient_scope");
        assertThat(challenge(caller(ALICE, NOTHING, EVERYTHING, Shown.OWN_TOKEN)::requireCatalog))
                .isEqualTo("registry:catalog:*|insufficient_scope");
    }

    /** Another service alone knows whether it would give a token for more. */
    @Test
    void aTokenOfAnotherServiceMayAlwaysBeFollowedByABetterOne() {
        Caller caller = caller(ALICE, NOTHING, NOTHING, Shown.OTHER_TOKEN);

        assertThat(challenge(() -> caller.require(APP, Action.PULL)))
                .isEqualTo("repository:team/app:pull|insufficient_scope");
    }

    @Test
    void anAnonymousTokenIsAnsweredLikeNoneAtAll() {
        Caller caller = caller(Identity.ANONYMOUS, NOTHING, NOTHING, Shown.OWN_TOKEN);

        assertThat(challenge(() -> caller.require(APP, Action.PULL))).isEqualTo("repository:team/app:pull|");
        assertThatCode(caller::requireSignIn).doesNotThrowAnyException();
    }

    @Test
    void administrationIsForNoToken() {
        assertThat(challenge(caller(ALICE, NOTHING, EVERYTHING, Shown.OWN_TOKEN)::requireAdministration))
                .isEqualTo("|");
        assertThatCode(caller(ALICE, EVERYTHING, EVERYTHING, Shown.CREDENTIALS)::requireAdministration)
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(names = "CREDENTIALS", mode = EnumSource.Mode.EXCLUDE)
    void nothingButCredentialsCountsAsCredentials(Shown shown) {
        assertThat(challenge(caller(ALICE, EVERYTHING, EVERYTHING, shown)::requireCredentials)).isEqualTo("|");
    }

    /** Where everybody may do everything, nobody needs to log in. */
    @Test
    void anOpenRegistryAsksNobodyToSignIn() {
        assertThatCode(caller(Identity.ANONYMOUS, EVERYTHING, EVERYTHING, Shown.NOTHING)::requireSignIn)
                .doesNotThrowAnyException();
    }

    @Test
    void whoShowedCredentialsMayListWhatTheySeeEvenIfThatIsNothing() {
        assertThatCode(caller(ALICE, NOTHING, NOTHING, Shown.CREDENTIALS)::requireCatalog)
                .doesNotThrowAnyException();
    }

    @Test
    void actsInItsOwnNameFromItsAddress() {
        Actor actor = caller(ALICE, NOTHING, NOTHING, Shown.CREDENTIALS).actor();

        assertThat(actor.subject()).isEqualTo("user:alice");
        assertThat(actor.address()).isEqualTo("192.0.2.1");
        assertThat(actor.via().method()).isEqualTo("GET");
    }

    @Test
    void isFoundInARequestThatPassedTheFilterAndInNoOther() {
        Caller caller = caller(ALICE, NOTHING, NOTHING, Shown.CREDENTIALS);
        assertThatIllegalStateException().isThrownBy(() -> Caller.of(request));

        request.setAttribute(Caller.ATTRIBUTE, caller);
        assertThat(Caller.of(request)).isSameAs(caller);
    }
}
