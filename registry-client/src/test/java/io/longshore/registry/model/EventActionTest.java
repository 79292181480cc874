package io.longshore.registry.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventActionTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByItsWord(EventAction action) {
        assertThat(EventAction.of(action.word())).contains(action);
        assertThat(EventAction.named(action.word())).containsExactly(action);
    }

    @ParameterizedTest
    @EnumSource
    void isAmongWhatItsWordInDistributionStandsFor(EventAction action) {
        assertThat(EventAction.named(action.distributionWord())).contains(action);
    }

    @Test
    void wordsOfDistributionStandForSeveral() {
        assertThat(EventAction.named("push")).containsExactly(EventAction.MANIFEST_PUSH, EventAction.BLOB_PUSH);
        assertThat(EventAction.named("pull")).containsExactly(EventAction.MANIFEST_PULL, EventAction.BLOB_PULL);
        assertThat(EventAction.named("mount")).containsExactly(EventAction.BLOB_MOUNT);
        assertThat(EventAction.named("delete")).containsExactly(
                EventAction.MANIFEST_DELETE, EventAction.BLOB_DELETE, EventAction.TAG_DELETE,
                EventAction.REPOSITORY_DELETE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "create", "move", "manifest", "Push", "tag.pull"})
    void otherWordsStandForNothing(String word) {
        assertThat(EventAction.of(word)).isEmpty();
        assertThat(EventAction.named(word)).isEmpty();
    }
}
