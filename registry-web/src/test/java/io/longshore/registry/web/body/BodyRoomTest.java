package io.longshore.registry.web.body;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.RegistryException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BodyRoomTest {
    private static final int MIB = 1 << 20;
    private static final int SMALL = 64 << 10;

    private final BodyRoom room = new BodyRoom(4 * MIB, Duration.ZERO);

    @Test
    void holdsSoManyBodiesAndOneMore() {
        placeOf(3 * MIB);
        placeOf(MIB);
        placeOf(MIB);

        assertFull();
    }

    @Test
    void takesOnlyWhatABodyGrowsBy() {
        BodyRoom.Place place = room.open();
        for (int size = MIB; size <= 4 * MIB; size += 1000) {
            place.growTo(size);
        }
        placeOf(MIB);

        assertFull();
    }

    @Test
    void hasRoomAgainForWhatIsGivenBack() {
        for (int i = 0; i < 100; i++) {
            BodyRoom.Place first = placeOf(4 * MIB);
            BodyRoom.Place second = placeOf(MIB);
            assertFull();
            first.close();
            second.close();
            second.close();
        }
    }

    @Test
    void alwaysTakesASmallBody() {
        placeOf(4 * MIB);
        placeOf(4 * MIB);

        for (int i = 0; i < 1000; i++) {
            room.open().growTo(SMALL);
        }
    }

    @Test
    void takesABodyThatIsLongerThanTheRoom() {
        BodyRoom.Place place = placeOf(100 * MIB);
        place.growTo(200 * MIB);
        placeOf(4 * MIB);

        assertFull();
    }

    /** All of them are half read, and none could go on if each waited for the others' room. */
    @Test
    void letsBodiesGrowOneAfterAnotherWhereAllRoomIsTaken() throws Exception {
        BodyRoom patient = new BodyRoom(4 * MIB, Duration.ofMinutes(1));
        ExecutorService clients = Executors.newFixedThreadPool(2);
        try {
            BodyRoom.Place first = patient.open();
            BodyRoom.Place second = patient.open();
            first.growTo(2 * MIB + SMALL);
            second.growTo(2 * MIB + SMALL);
            first.growTo(4 * MIB);
            Future<?> grown = clients.submit(() -> second.growTo(4 * MIB));
            first.close();

            grown.get();
        } finally {
            clients.shutdownNow();
        }
    }

    private BodyRoom.Place placeOf(int sizeBytes) {
        BodyRoom.Place place = room.open();
        place.growTo(sizeBytes + SMALL);
        return place;
    }

    private void assertFull() {
        assertThatThrownBy(() -> placeOf(MIB)).isInstanceOf(RegistryException.Unavailable.class);
    }
}
