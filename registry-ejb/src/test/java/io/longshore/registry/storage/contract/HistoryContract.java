package io.longshore.registry.storage.contract;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Calls in any order. */
public interface HistoryContract extends StoreUnderTest {
    /** How many calls a history has. */
    int STEPS = 400;

    @Test
    default void callsInAnyOrderDoWhatTheyDoAlone() throws Exception {
        Random random = Randomness.random(3);
        History history = new History(store(), random);
        for (int step = 0; step < STEPS; step++) {
            history.step();
        }
        history.assertAll();
    }
}
