package io.longshore.registry.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.audit.Actor;
import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.config.Secret;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryPattern;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointsTest {
    private static final Actor ALICE = new Actor("user:alice", "192.0.2.7");
    private static final String CONFIGURED = "configured";
    private static final Endpoint CHAT = new Endpoint(
            0, "chat", URI.create("https://hooks.example.com/services/in-the-path?key=in-the-query"),
            Map.of("Authorization", List.of(Secret.of("Bearer in-a-header")), "X-Team", List.of(Secret.of("web"))),
            EndpointConfig.Format.CLOUDEVENTS,
            new EndpointConfig.Filter(
                    EnumSet.of(EventAction.MANIFEST_PUSH), Set.of("application/a"), List.of(RepositoryPattern.ALL)),
            new EndpointConfig.Pace(
                    Duration.ofSeconds(2), 3, Duration.ofSeconds(4), Duration.ofMinutes(5), Duration.ofHours(6)),
            7, true, List.of(Secret.of("whsec_in-a-key-of-signatures")),
            new EndpointConfig.Route(Optional.empty(), Optional.of(URI.create("http://proxy:3128"))));

    private TestDatabase postgres;
    private TestNode node;
    private Endpoints endpoints;

    @BeforeEach
    void open() {
        postgres = TestDatabase.fresh();
        node = new TestNode(postgres.database(), new FakeReceiver(), TestEndpoint.named(CONFIGURED));
        endpoints = node.endpoints;
    }

    @AfterEach
    void close() {
        node.close();
        postgres.close();
    }

    private static Endpoint at(Endpoint endpoint, String url) {
        return new Endpoint(
                endpoint.id(), endpoint.name(), URI.create(url), endpoint.headers(), endpoint.format(),
                endpoint.filter(), endpoint.pace(), endpoint.batchSize(), endpoint.includeReferences(),
                endpoint.secrets(), endpoint.route());
    }

    private List<String> acts() {
        return postgres.column("""
                select concat_ws(' ', act, actor, reference, detail) from audit_event order by id""");
    }

    private static void refuses(RegistryException.Kind kind, Runnable what) {
        assertThatExceptionOfType(RegistryException.class).isThrownBy(what::run)
                .satisfies(refused -> assertThat(refused.kind()).isEqualTo(kind));
    }

    @Test
    void whatIsMadeIsKnownWithAllItsSettings() {
        endpoints.create(ALICE, CHAT);

        Endpoint found = endpoints.find("chat");
        assertThat(found).usingRecursiveComparison().ignoringFields("id").isEqualTo(CHAT);
        assertThat(endpoints.active(found.id())).contains(found);
        assertThat(acts()).containsExactly("webhook.create user:alice chat hooks.example.com");
        refuses(RegistryException.Kind.CONFLICT, () -> endpoints.create(ALICE, CHAT));
        refuses(RegistryException.Kind.CONFLICT, () -> endpoints.create(ALICE, node.endpoint(CONFIGURED)));
        assertThat(acts()).hasSize(1);
    }

    @Test
    void whatManifestsConsistOfIsWantedForWhatAnEndpointWithReferencesIsToldOf() {
        assertThat(endpoints.wantContent(EventAction.MANIFEST_PUSH)).isFalse();

        endpoints.create(ALICE, CHAT);

        assertThat(endpoints.want(EventAction.MANIFEST_PULL)).isTrue();
        assertThat(endpoints.wantContent(EventAction.MANIFEST_PUSH)).isTrue();
        assertThat(endpoints.wantContent(EventAction.MANIFEST_PULL)).isFalse();
    }

    @Test
    void aPingIsRecordedIfThereIsWhomToPing() {
        assertThat(endpoints.findToPing(ALICE, CONFIGURED)).isEqualTo(endpoints.find(CONFIGURED));
        refuses(RegistryException.Kind.NOT_FOUND, () -> endpoints.findToPing(ALICE, "chat"));

        assertThat(acts()).containsExactly("webhook.ping user:alice configured 127.0.0.1");
    }

    @Test
    void anotherNodeKnowsItToo() {
        endpoints.create(ALICE, CHAT);

        try (TestNode other = new TestNode(postgres.database(), new FakeReceiver())) {
            assertThat(other.endpoint("chat")).isEqualTo(endpoints.find("chat"));
        }
    }

    @Test
    void noColumnShowsASecret() {
        endpoints.create(ALICE, CHAT);
        endpoints.change(ALICE, "chat", before -> at(before.orElseThrow(), "https://hooks.example.com/another-path"));

        for (String table : List.of("webhook_endpoint", "audit_event")) {
            assertThat(String.join("\n", postgres.column("select t::text from " + table + " t")))
                    .contains("chat")
                    .doesNotContain("in-the-path", "in-the-query", "in-a-header", "in-a-key", "another-path")
                    .doesNotContain("Authorization", "X-Team");
        }
    }

    @Test
    void theStatusSaysWhatIsHiddenAndDoesNotShowIt() {
        endpoints.create(ALICE, CHAT);

        EndpointStatus status = endpoints.get("chat");
        assertThat(status.hidden()).contains(new EndpointStatus.Hidden(List.of("Authorization", "X-Team"), true));
        Endpoint shown = status.endpoint().orElseThrow();
        assertThat(shown.url()).isEqualTo(URI.create("https://hooks.example.com"));
        assertThat(shown.headers()).isEmpty();
        assertThat(shown.secrets()).isEmpty();
        assertThat(shown.pace()).isEqualTo(CHAT.pace());
        assertThat(status.made().configured()).isFalse();
        assertThat(status.made().by()).isEqualTo("user:alice");
        assertThat(status.attempts().last()).isEmpty();
    }

    @Test
    void allAreListedByName() {
        endpoints.create(ALICE, CHAT);

        assertThat(endpoints.list()).extracting(EndpointStatus::name).containsExactly("chat", CONFIGURED);
        EndpointStatus configured = endpoints.get(CONFIGURED);
        assertThat(configured.made().configured()).isTrue();
        assertThat(configured.endpoint().orElseThrow().url()).isEqualTo(URI.create("http://127.0.0.1:1"));
        assertThat(configured.hidden()).contains(new EndpointStatus.Hidden(List.of(), false));
        refuses(RegistryException.Kind.NOT_FOUND, () -> endpoints.get("nothing"));
    }

    @Test
    void whatAnotherNodeConfiguresIsListedAsFarAsItIsKnown() {
        try (TestNode other = new TestNode(postgres.database(), new FakeReceiver())) {
            EndpointStatus status = other.endpoints.get(CONFIGURED);

            assertThat(status.endpoint()).isEmpty();
            assertThat(status.hidden()).isEmpty();
            assertThat(status.filter().repositories()).containsExactly(RepositoryPattern.ALL);
        }
    }

    @Test
    void aChangeKeepsWhatIsNotChanged() {
        endpoints.create(ALICE, CHAT);

        Endpoint changed = endpoints.change(ALICE, "chat", before -> at(before.orElseThrow(), "https://other.example.com/x"));

        assertThat(endpoints.find("chat")).isEqualTo(changed);
        assertThat(changed.url()).isEqualTo(URI.create("https://other.example.com/x"));
        assertThat(changed.headers()).isEqualTo(CHAT.headers());
        assertThat(changed.secrets()).isEqualTo(CHAT.secrets());
        assertThat(acts()).last().isEqualTo("webhook.change user:alice chat other.example.com");
    }

    @Test
    void whoeverCannotReadTheSecretsIsToldSoAndMayReplaceThem() {
        endpoints.create(ALICE, CHAT);
        postgres.run("update webhook_endpoint set secrets = 'written with another secret' where name = 'chat'");

        assertThat(endpoints.get("chat").endpoint()).isPresent();
        assertThat(endpoints.get("chat").hidden()).isEmpty();
        endpoints.change(ALICE, "chat", before -> {
            assertThat(before).isEmpty();
            return CHAT;
        });
        assertThat(endpoints.find("chat").headers()).isEqualTo(CHAT.headers());
    }

    @Test
    void oneThatIsPausedIsNotActiveUntilItIsResumed() {
        endpoints.create(ALICE, CHAT);
        long id = endpoints.find("chat").id();

        endpoints.pause(ALICE, "chat", true);
        assertThat(endpoints.active(id)).isEmpty();
        assertThat(endpoints.get("chat").state()).isEqualTo(EndpointState.PAUSED);
        assertThat(endpoints.want(EventAction.MANIFEST_PUSH)).isTrue();

        endpoints.pause(ALICE, "chat", false);
        assertThat(endpoints.active(id)).isPresent();
        assertThat(acts()).endsWith("webhook.pause user:alice chat", "webhook.resume user:alice chat");
    }

    /** Whoever has mended something wants to see whether it works, and not in ten minutes. */
    @Test
    void whatWaitsIsDueAtOnceAfterAChange() {
        endpoints.create(ALICE, CHAT);
        String due = "select (next_at <= now())::text from webhook_lane";

        endpoints.pause(ALICE, "chat", true);
        postgres.run("""
                insert into webhook_lane (endpoint_id, repository, next_at)
                select id, 'team/app', now() + interval '1 day' from webhook_endpoint where name = 'chat'""");
        endpoints.pause(ALICE, "chat", true);
        assertThat(postgres.column(due)).containsExactly("false");
        endpoints.pause(ALICE, "chat", false);
        assertThat(postgres.column(due)).containsExactly("true");

        postgres.run("update webhook_lane set next_at = now() + interval '1 day'");
        endpoints.change(ALICE, "chat", Optional::orElseThrow);
        assertThat(postgres.column(due)).containsExactly("true");
    }

    @Test
    void oneThatIsDeletedIsGone() {
        endpoints.create(ALICE, CHAT);

        endpoints.delete(ALICE, "chat");

        assertThat(endpoints.list()).extracting(EndpointStatus::name).containsExactly(CONFIGURED);
        assertThat(acts()).last().isEqualTo("webhook.delete user:alice chat");
        refuses(RegistryException.Kind.NOT_FOUND, () -> endpoints.delete(ALICE, "chat"));
        refuses(RegistryException.Kind.NOT_FOUND, () -> endpoints.change(ALICE, "chat", before -> CHAT));
        refuses(RegistryException.Kind.NOT_FOUND, () -> endpoints.pause(ALICE, "chat", true));
        refuses(RegistryException.Kind.NOT_FOUND, () -> endpoints.find("chat"));
    }

    @Test
    void whatIsConfiguredCanBePausedAndNotChanged() {
        endpoints.pause(ALICE, CONFIGURED, true);
        assertThat(endpoints.get(CONFIGURED).state()).isEqualTo(EndpointState.PAUSED);

        refuses(RegistryException.Kind.CONFLICT, () -> endpoints.change(ALICE, CONFIGURED, before -> CHAT));
        refuses(RegistryException.Kind.CONFLICT, () -> endpoints.delete(ALICE, CONFIGURED));
        assertThat(endpoints.find(CONFIGURED).url()).isEqualTo(URI.create("http://127.0.0.1:1/configured"));
    }

    @Test
    void whatIsNotConfiguredAnyMoreCanOnlyBeDeleted() {
        node.close();
        try (TestNode other = node()) {
            refuses(RegistryException.Kind.CONFLICT, () -> other.endpoints.pause(ALICE, CONFIGURED, false));

            other.endpoints.delete(ALICE, CONFIGURED);
            assertThat(other.endpoints.list()).isEmpty();
        }
    }

    private TestNode node(TestEndpoint... configured) {
        return new TestNode(postgres.database(), new FakeReceiver(), configured);
    }

    private EndpointState state() {
        return endpoints.get(CONFIGURED).state();
    }

    @Test
    void oneThatIsTakenOutOfTheConfigurationIsOnUntilTheLastNodeHasTheNewOne() {
        try (TestNode renewed = node()) {
            assertThat(state()).isEqualTo(EndpointState.ACTIVE);
            refuses(RegistryException.Kind.CONFLICT, () -> renewed.endpoints.delete(ALICE, CONFIGURED));

            node.close();
            renewed.endpoints.refresh();
            assertThat(state()).isEqualTo(EndpointState.OFF);
        }
    }

    @Test
    void oneThatIsDisabledIsOnUntilTheLastNodeHasTheNewConfiguration() {
        try (TestNode renewed = node(TestEndpoint.named(CONFIGURED).switchedOff())) {
            long id = endpoints.find(CONFIGURED).id();
            assertThat(endpoints.active(id)).isPresent();
            assertThat(renewed.endpoints.active(id)).as("told by those that have it").isEmpty();
            assertThat(renewed.endpoints.active()).isEmpty();
            assertThat(renewed.endpoints.want(EventAction.BLOB_PULL)).as("what it is told may happen here").isTrue();

            node.close();
            renewed.endpoints.refresh();
            assertThat(state()).isEqualTo(EndpointState.OFF);
        }
    }

    @Test
    void oneThatIsNewIsOnAsSoonAsTheFirstNodeHasIt() {
        try (TestNode renewed = node(TestEndpoint.named(CONFIGURED), TestEndpoint.named("new"))) {
            endpoints.refresh();
            long id = renewed.endpoint("new").id();
            assertThat(renewed.endpoints.active(id)).isPresent();
            assertThat(endpoints.active(id)).isEmpty();
            assertThat(endpoints.get("new").state()).isEqualTo(EndpointState.ACTIVE);

            node.close();
            try (TestNode old = node(TestEndpoint.named(CONFIGURED))) {
                old.endpoints.refresh();
                assertThat(renewed.endpoints.get("new").state()).isEqualTo(EndpointState.ACTIVE);
            }
        }
    }

    @Test
    void oneStaysPausedWhicheverNodeStarts() {
        endpoints.pause(ALICE, CONFIGURED, true);
        try (TestNode same = node(TestEndpoint.named(CONFIGURED));
                TestNode without = node();
                TestNode switchedOff = node(TestEndpoint.named(CONFIGURED).switchedOff())) {
            for (TestNode one : List.of(same, without, switchedOff)) {
                one.endpoints.refresh();
                assertThat(state()).isEqualTo(EndpointState.PAUSED);
            }
        }
    }

    @Test
    void aNodeThatWasForgottenSwitchesOnWhatItHas() {
        try (TestNode other = node()) {
            postgres.run("delete from webhook_node");
            other.endpoints.refresh();
            assertThat(state()).isEqualTo(EndpointState.OFF);

            endpoints.refresh();
            assertThat(state()).isEqualTo(EndpointState.ACTIVE);
            other.endpoints.refresh();
            assertThat(state()).isEqualTo(EndpointState.ACTIVE);
        }
    }

    @Test
    void nodesWithoutEndpointsLeaveNothingBehind() {
        node.close();
        try (TestNode other = node()) {
            other.endpoints.refresh();
            assertThat(postgres.column("select id from webhook_node")).isEmpty();
        }
    }
}
