package io.longshore.registry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.model.Digest;
import io.longshore.registry.replication.Run.Counts;
import io.longshore.registry.replication.Run.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rules and what comes of them, between two registries with databases of their own. */
class ReplicationTest {
    private static final String SBOM = "application/vnd.example.sbom";

    private final TestSite here = new TestSite();
    private final TestSite there = new TestSite();
    private final TestNode node = new TestNode(here, TestNode.end(there));

    @AfterEach
    void close() {
        node.close();
        here.close();
        there.close();
    }

    @Test
    void pullsWhatIsNotHereAndThenNothing() {
        Digest digest = there.image("team/app", "v1");
        there.image("team/app", "v2");
        there.image("other/app", "v1");
        node.create(TestRule.pull("team/*"));

        Run first = node.run();

        assertThat(first.state()).isEqualTo(State.SUCCEEDED);
        assertThat(first.counts()).isEqualTo(new Counts(2, 2, 0, 0, 0, first.counts().bytes()));
        assertThat(first.counts().bytes()).isPositive();
        assertThat(here.tags()).containsExactly("team/app:v1", "team/app:v2");
        assertThat(here.digest("team/app", "v1")).isEqualTo(digest);
        assertThat(node.runs.items(first.id(), Optional.empty(), 0, 10).items())
                .extracting(item -> item.repository() + ':' + item.tag() + ' ' + item.state().word())
                .containsExactlyInAnyOrder("team/app:v1 copied", "team/app:v2 copied");
        assertThat(node.run().counts()).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
    }

    @Test
    void pushesWhatIsNotThere() {
        Digest digest = here.index("team/app", "v1", "amd64", "arm64");
        node.create(TestRule.push("team/app"));

        assertThat(node.run().counts().copied()).isEqualTo(1);

        assertThat(there.digest("team/app", "v1")).isEqualTo(digest);
        assertThat(there.tags()).containsExactly("team/app:v1");
    }

    @Test
    void saysInTheAuditWhichRuleItWas() {
        there.image("team/app", "v1");
        node.create(TestRule.pull("team/app"));
        node.run();

        assertThat(here.postgres.column("""
                select act || ' ' || actor from audit_event order by id"""))
                .startsWith("replication.create user:alice", "replication.run user:alice")
                .contains("blob.push replication:all", "manifest.push replication:all")
                .noneMatch(text -> text.contains("anonymous"));
    }

    @Test
    void followsATagThatMoves() {
        there.image("team/app", "v1");
        node.create(TestRule.pull("team/app"));
        node.run();

        Digest moved = there.image("team/app", "v1", "2026-05-05T00:00:00Z");

        assertThat(node.run().counts().copied()).isEqualTo(1);
        assertThat(here.digest("team/app", "v1")).isEqualTo(moved);
    }

    @Test
    void callsRepositoriesAsTheRuleSays() {
        there.image("library/app", "v1");
        there.image("team/app", "v1");
        node.create(TestRule.pull("**").mapped("library/", "hub/"));
        node.run();

        assertThat(here.tags()).containsExactly("hub/app:v1", "hub/team/app:v1");
    }

    @Test
    void copiesTagsThatTheirNamesSelect() {
        for (String tag : List.of("1.2.0", "v1.3.0", "1.4.0-rc.1", "2.0.0", "latest", "1.4")) {
            there.image("team/app", tag);
        }
        node.create(TestRule.pull("team/app").versions("^1.2"));
        node.run();
        assertThat(here.tags()).containsExactly("team/app:1.2.0", "team/app:v1.3.0");

        node.change(TestRule.pull("team/app").tags("la*t", "2.*"));
        node.run();
        assertThat(here.tags())
                .containsExactly("team/app:1.2.0", "team/app:2.0.0", "team/app:latest", "team/app:v1.3.0");
    }

    @Test
    void copiesTheNewestByVersionOrByTime() {
        there.image("team/app", "1.9.0", "2026-03-01T00:00:00Z");
        there.image("team/app", "1.10.0", "2026-01-01T00:00:00Z");
        there.image("team/app", "1.2.0", "2026-02-01T00:00:00Z");
        node.create(TestRule.pull("team/app").versions("*").newest(1));
        assertThat(node.run().counts()).extracting(Counts::lookedAt).isEqualTo(1L);
        assertThat(here.tags()).containsExactly("team/app:1.10.0");

        node.change(TestRule.pull("team/app").newest(2));
        node.run();
        assertThat(here.tags()).containsExactly("team/app:1.10.0", "team/app:1.2.0", "team/app:1.9.0");
    }

    @Test
    void copiesSomePlatformsAndLeavesThemAloneThen() {
        Digest whole = there.index("team/app", "v1", "amd64", "arm64", "s390x");
        there.index("team/app", "v2", "s390x");
        node.create(TestRule.pull("team/app").platforms("linux/amd64", "linux/arm64"));

        assertThat(node.run().counts()).isEqualTo(new Counts(2, 1, 1, 0, 0, bytesOfLast()));

        assertThat(here.digest("team/app", "v1")).isNotEqualTo(whole);
        assertThat(here.postgres.column("select count(*) from manifest")).containsExactly("3");
        assertThat(node.run().counts()).isEqualTo(new Counts(2, 0, 2, 0, 0, 0));
    }

    private long bytesOfLast() {
        return node.runs.list(Optional.empty(), Long.MAX_VALUE, 1).items().get(0).counts().bytes();
    }

    @Test
    void copiesThoseOfATypeOnly() {
        there.image("team/app", "image");
        there.index("team/app", "index", "amd64");
        node.create(TestRule.pull("team/app").types(TestSite.CONFIG));

        assertThat(node.run().counts().skipped()).isEqualTo(1);
        assertThat(here.tags()).containsExactly("team/app:image");
    }

    @Test
    void bringsReferrersAlongAlsoThoseThatComeLater() {
        Digest image = there.image("team/app", "v1");
        Digest first = there.referrer("team/app", image, SBOM);
        node.create(TestRule.pull("team/app").referrers());
        node.run();
        assertThat(here.digest("team/app", first.toString())).isEqualTo(first);

        Digest second = there.referrer("team/app", first, SBOM);

        assertThat(node.run().counts().copied()).isEqualTo(1);
        assertThat(here.digest("team/app", second.toString())).isEqualTo(second);
        String pushes = "select count(*) from audit_event where act = 'manifest.push'";
        List<String> before = here.postgres.column(pushes);
        assertThat(node.run().counts().skipped()).isEqualTo(1);
        assertThat(here.postgres.column(pushes)).as("nothing is pushed again").isEqualTo(before);
    }

    @Test
    void leavesReferrersBehindThatNobodyAskedFor() {
        Digest image = there.image("team/app", "v1");
        there.referrer("team/app", image, SBOM);
        node.create(TestRule.pull("team/app"));
        node.run();

        assertThat(here.postgres.column("select count(*) from manifest")).containsExactly("1");
    }

    @Test
    void showsWhatWouldBeAndDoesNothing() {
        there.image("team/app", "v1");
        there.image("team/app", "v2");
        there.image("team/app", "v3");
        node.create(TestRule.pull("team/app").tags("v1", "v2").deletes());
        node.run();
        there.deleteTag("team/app", "v1");
        there.image("team/app", "v2", "2026-05-05T00:00:00Z");
        String all = "select count(*) from audit_event where actor like 'replication:%'";
        List<String> before = here.postgres.column(all);
        List<String> copied = here.postgres.column("select t::text from replication_tag t order by 1");

        Run dry = node.dryRun();

        assertThat(dry.counts()).isEqualTo(new Counts(1, 1, 0, 1, 0, dry.counts().bytes()));
        assertThat(dry.counts().bytes()).isPositive();
        assertThat(here.tags()).containsExactly("team/app:v1", "team/app:v2");
        assertThat(here.postgres.column(all)).isEqualTo(before);
        assertThat(here.postgres.column("select t::text from replication_tag t order by 1")).isEqualTo(copied);
        Run real = node.run();
        assertThat(real.counts().copied()).isEqualTo(1);
        assertThat(real.counts().deleted()).isEqualTo(1);
        assertThat(here.tags()).containsExactly("team/app:v2");
    }
}
