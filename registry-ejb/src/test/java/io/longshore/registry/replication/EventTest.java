package io.longshore.registry.replication;

import static io.longshore.registry.audit.TestActor.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.replication.Run.Cause;
import io.longshore.registry.replication.Run.Counts;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens here and is copied at once. */
class EventTest {
    private final TestSite here = new TestSite();
    private final TestSite there = new TestSite();
    private final TestNode node = new TestNode(here, TestNode.end(there));

    @AfterEach
    void close() {
        node.close();
        here.close();
        there.close();
    }

    private String changes() {
        return here.postgres.column("select count(*) from replication_change").get(0);
    }

    @Test
    void writesNothingForWhoeverWaitsForNothing() {
        here.image("team/app", "v1");
        assertThat(changes()).isEqualTo("0");

        node.create(TestRule.push("team/*").onEvent());
        here.image("other/app", "v1");
        assertThat(changes()).isEqualTo("0");
        here.image("team/app", "v1");
        assertThat(changes()).isEqualTo("1");
    }

    @Test
    void pushesWhatIsPushedAndNothingElse() {
        here.image("team/app", "old");
        node.create(TestRule.push("team/*").tags("v*").onEvent());
        Digest digest = here.image("team/app", "v1");
        here.image("team/app", "nightly");

        Run run = node.next(0);

        assertThat(run.cause()).isEqualTo(Cause.EVENT);
        assertThat(run.counts()).isEqualTo(new Counts(1, 1, 0, 0, 0, run.counts().bytes()));
        assertThat(there.tags()).containsExactly("team/app:v1");
        assertThat(there.digest("team/app", "v1")).isEqualTo(digest);
        assertThat(changes()).isEqualTo("0");
    }

    @Test
    void pushesATagOnceHoweverOftenItHasMoved() {
        node.create(TestRule.push("team/*").onEvent());
        here.image("team/app", "v1");
        here.image("team/app", "v1", "2026-02-02T00:00:00Z");
        Digest last = here.image("team/app", "v1", "2026-03-03T00:00:00Z");

        assertThat(node.next(0).counts().lookedAt()).isEqualTo(1);

        assertThat(there.digest("team/app", "v1")).isEqualTo(last);
    }

    @Test
    void deletesWhatIsDeletedByTagOrByManifest() {
        node.create(TestRule.push("team/*").onEvent().deletes());
        here.image("team/app", "v1");
        Digest second = here.image("team/app", "v2", "2026-02-02T00:00:00Z");
        Run pushed = node.next(0);
        assertThat(there.tags()).hasSize(2);

        here.deleteTag("team/app", "v1");
        Run first = node.next(pushed.id());
        assertThat(there.tags()).containsExactly("team/app:v2");

        here.deleteManifest("team/app", second);
        assertThat(node.next(first.id()).counts().deleted()).isEqualTo(1);
        assertThat(there.tags()).isEmpty();
    }

    @Test
    void keepsWhatIsDeletedIfTheRuleSaysSo() {
        node.create(TestRule.push("team/*").onEvent());
        here.image("team/app", "v1");
        node.next(0);

        here.deleteTag("team/app", "v1");
        node.replicator.tick();

        assertThat(changes()).isEqualTo("0");
        assertThat(there.tags()).containsExactly("team/app:v1");
    }

    @Test
    void bringsAReferrerToWhatItSpeaksOf() {
        node.create(TestRule.push("team/*").tags("v1").referrers().onEvent());
        Digest index = here.index("team/app", "v1", "amd64");
        here.image("team/app", "other");
        Run pushed = node.next(0);
        Digest child = Digest.parse(here.postgres.column("select digest_text(digest) from manifest_child").get(0));

        Digest referrer = here.referrer("team/app", child, "application/vnd.example.sbom");
        Run second = node.next(pushed.id());

        assertThat(second.counts().copied()).isEqualTo(1);
        assertThat(there.digest("team/app", referrer.toString())).isEqualTo(referrer);
        assertThat(there.digest("team/app", "v1")).isEqualTo(index);
        assertThat(there.tags()).containsExactly("team/app:v1");
    }

    @Test
    void looksAtAllTagsIfOnlyTheNewestAreWanted() {
        here.image("team/app", "1.1.0");
        node.create(TestRule.push("team/*").versions("*").newest(1).onEvent());
        here.image("team/app", "1.0.0");
        node.next(0);

        assertThat(there.tags()).containsExactly("team/app:1.1.0");
    }

    @Test
    void twoThatPushToEachOtherComeToRest() {
        try (TestNode other = new TestNode(there, TestNode.end(here))) {
            node.create(TestRule.push("**").onEvent().deletes());
            other.create(TestRule.push("**").onEvent().deletes());
            Digest digest = here.image("team/app", "v1");
            Run pushed = node.next(0);
            assertThat(there.digest("team/app", "v1")).isEqualTo(digest);

            assertThat(other.next(0).counts().skipped()).as("what came from there is there").isEqualTo(1);
            node.replicator.tick();
            assertThat(changes()).isEqualTo("0");
            assertThat(node.runs.list(Optional.empty(), Long.MAX_VALUE, 9).items()).hasSize(1);

            there.deleteTag("team/app", "v1");
            other.next(1);
            node.next(pushed.id());
            assertThat(here.tags()).isEmpty();
            assertThat(there.tags()).isEmpty();
        }
    }

    @Test
    void goesOnBesideARunThatLooksAtEverything() {
        here.image("team/app", "v1");
        node.create(TestRule.push("team/*").onEvent());
        Run whole = node.runs.start(ALICE, TestRule.NAME, false);
        here.image("team/app", "v2");

        Run event = node.next(whole.id());

        assertThat(event.cause()).isEqualTo(Cause.EVENT);
        assertThat(node.ended(whole.id()).counts().failed()).isZero();
        assertThat(there.tags()).containsExactly("team/app:v1", "team/app:v2");
    }

    @Test
    void refusesToWaitForWhatHappensElsewhere() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> TestRule.pull("**").onEvent())
                .withMessageContaining("give a schedule");
    }

    @Test
    void runsOfARuleComeOneAfterTheOther() {
        node.create(TestRule.push("team/*"));
        node.runs.start(ALICE, TestRule.NAME, false);

        assertThatExceptionOfType(RegistryException.Refused.class)
                .isThrownBy(() -> node.runs.start(ALICE, TestRule.NAME, true));
    }
}
