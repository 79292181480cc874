package io.longshore.registry.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.replication.Run.State;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What goes at the target because it is gone at the source, and what does not. */
class DeletionTest {
    private final TestSite here = new TestSite();
    private final TestSite there = new TestSite();
    private volatile boolean isBroken;
    private final TestNode node = new TestNode(here, new PassingEnd(TestNode.end(there)) {
        @Override
        void beforeList() throws IOException {
            if (isBroken) {
                throw new IOException("the line is cut");
            }
        }
    });

    @AfterEach
    void close() {
        node.close();
        here.close();
        there.close();
    }

    private void copyTwo(TestRule rule) {
        there.image("team/app", "v1");
        there.image("team/app", "v2");
        node.create(rule);
        node.run();
    }

    @Test
    void deletesWhatIsGone() {
        copyTwo(TestRule.pull("team/**").deletes());
        there.deleteTag("team/app", "v1");

        Run run = node.run();

        assertThat(run.counts().deleted()).isEqualTo(1);
        assertThat(here.tags()).containsExactly("team/app:v2");
        assertThat(here.postgres.column("""
                select actor || ' ' || reference from audit_event where act = 'tag.delete'"""))
                .containsExactly("replication:all v1");
        assertThat(node.run().counts().deleted()).isZero();
    }

    @Test
    void keepsWhatIsGoneIfTheRuleSaysSo() {
        copyTwo(TestRule.pull("team/**"));
        there.deleteTag("team/app", "v1");
        node.run();

        assertThat(here.tags()).containsExactly("team/app:v1", "team/app:v2");
    }

    @Test
    void deletesNothingIfTheSourceShowsNothing() {
        copyTwo(TestRule.pull("team/**").deletes());
        there.deleteTag("team/app", "v1");
        there.deleteTag("team/app", "v2");

        assertThat(node.run().state()).isEqualTo(State.SUCCEEDED);

        assertThat(here.tags()).containsExactly("team/app:v1", "team/app:v2");
    }

    @Test
    void deletesNothingIfTheSourceCannotBeAsked() {
        copyTwo(TestRule.pull("team/app").deletes());
        there.deleteTag("team/app", "v1");
        isBroken = true;

        Run run = node.run();

        assertThat(run.state()).isEqualTo(State.FAILED);
        assertThat(run.error()).contains("team/app: the line is cut");
        assertThat(here.tags()).containsExactly("team/app:v1", "team/app:v2");
    }

    @Test
    void deletesNothingThatOthersPutThere() {
        copyTwo(TestRule.pull("team/**").deletes());
        here.image("team/app", "own");
        here.image("team/app", "v1", "2026-07-07T00:00:00Z");
        there.deleteTag("team/app", "v1");

        assertThat(node.run().counts().deleted()).isZero();

        assertThat(here.tags()).containsExactly("team/app:own", "team/app:v1", "team/app:v2");
    }

    @Test
    void keepsWhatIsNotAmongTheNewestAnyMore() {
        there.image("team/app", "1.0.0");
        node.create(TestRule.pull("team/app").versions("*").newest(1).deletes());
        node.run();
        there.image("team/app", "1.1.0");

        assertThat(node.run().counts().deleted()).isZero();

        assertThat(here.tags()).containsExactly("team/app:1.0.0", "team/app:1.1.0");
    }
}
