package io.longshore.registry.mirror;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.access.CertificateAuthority;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.config.DataSize;
import io.longshore.registry.config.MirrorConfig;
import io.longshore.registry.config.Secret;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import io.longshore.registry.model.RepositoryPattern;
import io.longshore.registry.seal.Seal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamsTest {
    private static final UpstreamConfig.Login LOGIN = new UpstreamConfig.Login("mirrorbot", Secret.of("hunter2"));

    private static final CertificateAuthority AUTHORITY = new CertificateAuthority();
    private static final CertificateAuthority.Issued OWN = AUTHORITY.issue("CN=mirror");

    private final TestDatabase postgres = TestDatabase.fresh();
    private final Upstreams upstreams = node();

    @AfterEach
    void close() {
        postgres.close();
    }

    private Upstreams node(UpstreamConfig... configured) {
        return node(TestMirror.SEAL, configured);
    }

    private Upstreams node(Seal seal, UpstreamConfig... configured) {
        Upstreams node = new Upstreams(
                postgres.database(), new Audit(postgres.database()), seal, new MirrorConfig(List.of(configured)),
                MirrorObserver.NONE, () -> false);
        node.adopt();
        return node;
    }

    private static UpstreamConfig upstream(String name, String prefix, String... namespaces) {
        return new UpstreamConfig(
                name, URI.create("https://" + name + ".example"), Optional.of(LOGIN),
                new UpstreamConfig.Place(prefix, Set.of(namespaces), List.of(RepositoryPattern.parse("team/**"))),
                Duration.ofMinutes(3),
                new UpstreamConfig.Keeping(Optional.of(Duration.ofHours(5)), Optional.of(DataSize.ofMiB(7))),
                new UpstreamConfig.Limits(8, OptionalInt.of(9)),
                new UpstreamConfig.Trust(
                        Optional.of(AUTHORITY.pem()),
                        Optional.of(new UpstreamConfig.Identity(OWN.certificatePem(), Secret.of(OWN.keyPem()))), true),
                true);
    }

    private static RepositoryName name(String text) {
        return RepositoryName.parse(text);
    }

    @Test
    void readsBackAllThatWasWritten() {
        UpstreamConfig hub = upstream("hub", "mirrors/hub", "hub.example");

        upstreams.create(ALICE, hub);

        assertThat(upstreams.find("hub").config()).isEqualTo(hub);
        assertThat(node().find("hub").config()).as("on another node").isEqualTo(hub);
        assertThat(upstreams.get("hub").createdBy()).isEqualTo("user:alice");
    }

    @Test
    void keepsSecretsFromThoseWhoReadTheDatabase() {
        upstreams.create(ALICE, upstream("hub", "hub"));

        assertThat(postgres.column("select row_to_json(u)::text from mirror_upstream u")).singleElement().asString()
                .doesNotContain("hunter2", "mirrorbot", "PRIVATE KEY");
        assertThat(upstreams.list().toString()).doesNotContain("hunter2");
    }

    @Test
    void knowsWhoseARepositoryIsByTheLongestPrefix() {
        upstreams.create(ALICE, upstream("outer", "mirrors"));
        upstreams.create(ALICE, upstream("inner", "mirrors/team"));

        assertThat(upstreams.find(name("mirrors/team/app")).orElseThrow().upstream().name()).isEqualTo("outer");
        assertThat(upstreams.find(name("mirrors/team/team/app")).orElseThrow().upstream().name()).isEqualTo("inner");
        assertThat(upstreams.find(name("mirrors/team/team/app")).orElseThrow().there()).isEqualTo(name("team/app"));
        assertThat(upstreams.find(name("mirrors/other/app"))).as("none of its repositories").isEmpty();
        assertThat(upstreams.find(name("mirrors"))).isEmpty();
    }

    @Test
    void findsOfficialImagesOfDockerHubByTheirShortNames() {
        UpstreamConfig hub = TestMirror.upstream(
                "hub", URI.create("https://registry-1.docker.io"), "hub", Duration.ZERO);
        Upstream upstream = new Upstream(1, hub);

        assertThat(upstream.remoteName(name("hub/alpine"))).contains(name("library/alpine"));
        assertThat(upstream.remoteName(name("hub/team/app"))).contains(name("team/app"));
    }

    @Test
    void isKnownByTheHostThatClientsName() {
        upstreams.create(ALICE, upstream("hub", "hub", "docker.io", "index.docker.io"));

        assertThat(upstreams.ofNamespace("Docker.io").orElseThrow().upstream().name()).isEqualTo("hub");
        assertThat(upstreams.ofNamespace("quay.io")).isEmpty();
    }

    @Test
    void refusesTwoThatCouldBothBeMeant() {
        Upstreams node = node(upstream("configured", "one", "one.example"));
        node.create(ALICE, upstream("hub", "hub", "docker.io"));

        for (UpstreamConfig other : List.of(
                upstream("hub", "b"), upstream("b", "hub"), upstream("b", "b", "docker.io"), upstream("b", "one"),
                upstream("b", "b", "one.example"), upstream("configured", "b"))) {
            assertThatExceptionOfType(RegistryException.Refused.class)
                    .isThrownBy(() -> node.create(ALICE, other))
                    .satisfies(refused -> assertThat(refused.kind()).isEqualTo(RegistryException.Kind.CONFLICT));
        }
        assertThat(postgres.column("select name from mirror_upstream order by name"))
                .containsExactly("configured", "hub");
    }

    @Test
    void changesAllButTheName() {
        upstreams.create(ALICE, upstream("hub", "hub"));
        UpstreamConfig other = TestMirror.upstream("hub", URI.create("http://b.example"), "b", Duration.ZERO);

        upstreams.change(ALICE, "hub", before -> {
            assertThat(before).contains(upstream("hub", "hub"));
            return other;
        });

        assertThat(upstreams.find("hub").config()).isEqualTo(other);
        assertThat(upstreams.find(name("hub/team/app"))).isEmpty();
    }

    @Test
    void leavesThoseOfTheConfigurationToIt() {
        Upstreams node = node(upstream("hub", "hub"));

        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> node.change(ALICE, "hub", before -> before.orElseThrow()));
        assertThatExceptionOfType(RegistryException.Refused.class).isThrownBy(() -> node.delete(ALICE, "hub"));
        assertThat(node.get("hub").configured()).isTrue();
    }

    @Test
    void forgetsOneThatNoConfigurationHasAnyMore() {
        node(upstream("hub", "hub"));

        assertThat(upstreams.find(name("hub/team/app"))).as("on a node that does not have it").isEmpty();
        upstreams.delete(ALICE, "hub");

        assertThat(upstreams.list()).isEmpty();
    }

    @Test
    void doesNotMirrorWhatItHasNoLoginFor() {
        upstreams.create(ALICE, upstream("hub", "hub"));

        Upstreams other = node(Seal.of(Optional.of(Secret.of("another secret")), "test", "application/json"));

        assertThat(other.find(name("hub/team/app"))).isEmpty();
        assertThat(other.get("hub").config()).isEmpty();
    }

    @Test
    void recordsWhoChangedWhat() {
        upstreams.create(ALICE, upstream("hub", "hub"));
        upstreams.change(ALICE, "hub", before -> upstream("hub", "b"));
        upstreams.delete(ALICE, "hub");

        assertThat(postgres.column("select concat_ws(' ', act, actor, reference, detail) from audit_event order by id"))
                .containsExactly(
                        "mirror.create user:alice hub hub.example", "mirror.change user:alice hub hub.example",
                        "mirror.delete user:alice hub");
        assertThatExceptionOfType(RegistryException.NotFound.class).isThrownBy(() -> upstreams.get("hub"));
    }
}
