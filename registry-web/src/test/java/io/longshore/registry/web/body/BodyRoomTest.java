package io.longshore.registry.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.model.RegistryException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BodyRoomTest {
    private static final int MIB = 1 << 20;

    private final BodyRoom room = new BodyRoom(4 * MIB, Duration.ZERO);

    @Test
    void holdsSoManyBodiesAndNoMore() {
        room.take(3 * MIB);
        room.take(MIB);

        assertThatThrownBy(() -> room.take(MIB)).isInstanceOf(RegistryException.Unavailable.class);
    }

    @Test
    void hasRoomAgainForWhatIsGivenBack() {
        for (int i = 0; i < 100; i++) {
            try (BodyRoom.Place place = room.take(4 * MIB)) {
                assertThat(place).isNotNull();
                assertThatThrownBy(() -> room.take(MIB)).isInstanceOf(RegistryException.Unavailable.class);
            }
        }
    }

    @Test
    void alwaysTakesASmallBody() {
        room.take(4 * MIB);

        for (int i = 0; i < 1000; i++) {
            room.take(64 << 10);
        }
    }

    @Test
    void takesABodyThatIsLongerThanTheRoomAlone() {
        try (BodyRoom.Place place = room.take(100 * MIB)) {
            assertThat(place).isNotNull();
            assertThatThrownBy(() -> room.take(MIB)).isInstanceOf(RegistryException.Unavailable.class);
        }

        room.take(4 * MIB);
    }

    @Test
    void waitsForOthersToMakeRoom() throws Exception {
        BodyRoom patient = new BodyRoom(MIB, Duration.ofMinutes(1));
        ExecutorService clients = Executors.newSingleThreadExecutor();
        try {
            BodyRoom.Place first = patient.take(MIB);
            Future<BodyRoom.Place> second = clients.submit(() -> patient.take(MIB));
            first.close();

            second.get().close();
        } finally {
            clients.shutdownNow();
        }
    }
}
