package io.longshore.registry.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.Stage;
import io.longshore.registry.storage.StageId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Finding what was given up. */
public interface UntouchedContract extends StoreUnderTest {
    /** More than the clock of any store is wrong by. */
    Duration LONG = Duration.ofHours(30);

    @Test
    default void anEmptyStoreHasNothingThatWasGivenUp() throws Exception {
        assertThat(untouched(store(), Instant.now().plus(LONG))).isEmpty();
    }

    @Test
    default void aStageNobodyHasWrittenToSinceIsFound() throws Exception {
        BlobStore store = store();
        StageId some = Blobs.stage(store, Content.random(1000));
        StageId empty = Blobs.stage(store, Content.of(""));

        assertThat(untouched(store, Instant.now().plus(LONG))).containsExactlyInAnyOrder(some, empty);
    }

    @Test
    default void aStageThatWasWrittenToSinceIsNotFound() throws Exception {
        BlobStore store = store();
        Blobs.stage(store, Content.random(1000));

        assertThat(untouched(store, Instant.now().minus(LONG))).isEmpty();
    }

    @Test
    default void aBlobIsNotFoundAmongWhatWasGivenUp() throws Exception {
        BlobStore store = store();
        Blobs.put(store, Content.random(1000));
        Blobs.put(store, Content.of(""));

        assertThat(untouched(store, Instant.now().plus(LONG))).isEmpty();
    }

    @Test
    default void aDiscardedStageIsNotFound() throws Exception {
        BlobStore store = store();
        store.discard(Blobs.stage(store, Content.random(1000)));

        assertThat(untouched(store, Instant.now().plus(LONG))).isEmpty();
    }

    @Test
    default void aStageLeftOpenLeavesNothingOnceWhatIsFoundIsDiscarded() throws Exception {
        BlobStore store = store();
        Stage left = store.begin();
        left.write(Content.random(100_000).buffer());
        for (StageId id : untouched(store, Instant.now().plus(LONG))) {
            store.discard(id);
        }
        assertThat(untouched(store, Instant.now().plus(LONG))).isEmpty();
        try {
            left.close();
        } catch (IOException e) {
            // a driver may tell the writer, but need not
        }
    }

    /** Stores list in pages, of a thousand mostly. */
    @Test
    default void allOfManyStagesAreFound() throws Exception {
        BlobStore store = store();
        List<StageId> ids = new ArrayList<>();
        for (int i = 0; i < 1100; i++) {
            ids.add(Blobs.stage(store, Content.of("x")));
        }
        assertThat(untouched(store, Instant.now().plus(LONG))).containsExactlyInAnyOrderElementsOf(ids);
    }

    private static List<StageId> untouched(BlobStore store, Instant instant) throws IOException {
        try (Stream<StageId> found = store.untouchedSince(instant)) {
            return found.toList();
        }
    }
}
