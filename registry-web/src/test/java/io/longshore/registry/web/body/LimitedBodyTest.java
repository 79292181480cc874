package io.longshore.registry.web.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RegistryException.Kind;
import io.longshore.registry.web.Requests;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitedBodyTest {
    private static final int SMALL = 64 << 10;
    private static final int LIMIT = 4 << 20;

    private final AtomicLong now = new AtomicLong();
    private final LimitedBody body = new LimitedBody("a manifest", LIMIT, new BodyRoom(0, Duration.ZERO), now::get);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 4097, SMALL - 1, SMALL, SMALL + 1, 100_000, LIMIT - 1, LIMIT})
    void readsABodyToItsEnd(int size) throws IOException {
        byte[] bytes = bytes(size);

        for (HttpServletRequest request : List.of(announced(size, stream(bytes)), unannounced(stream(bytes)))) {
            try (BodyRoom.Place place = body.place()) {
                assertThat(body.read(request, place)).isEqualTo(bytes);
            }
        }
    }

    @Test
    void refusesABodyOfOneByteTooMany() {
        assertRefused(Kind.TOO_LARGE, unannounced(stream(bytes(LIMIT + 1))));
    }

    @Test
    void refusesWhatIsAnnouncedToBeTooLongWithoutReadingIt() {
        assertRefused(Kind.TOO_LARGE, announced(LIMIT + 1, unreadable()));
    }

    /** However much is announced: what does not come takes no room from others. */
    @Test
    void takesNoRoomForWhatHasNotCome() throws Exception {
        for (int i = 0; i < 100; i++) {
            HttpServletRequest idle = announced(LIMIT, thenFail(bytes(SMALL)));
            catchThrowableOfType(IllegalStateException.class, () -> body.read(idle, body.place()));
        }

        assertThat(body.read(announced(LIMIT, stream(bytes(LIMIT))), body.place())).hasSize(LIMIT);
    }

    @Test
    void refusesALargeBodyWhereOthersTakeAllRoom() throws Exception {
        body.read(unannounced(stream(bytes(SMALL + 1))), body.place());

        assertRefused(Kind.UNAVAILABLE, unannounced(stream(bytes(SMALL + 1))));
        assertThat(body.read(announced(SMALL, stream(bytes(SMALL))), body.place())).hasSize(SMALL);
        assertThat(body.read(unannounced(stream(bytes(SMALL))), body.place())).hasSize(SMALL);
    }

    @Test
    void givesUpABodyThatHardlyComes() {
        InputStream slow = new InputStream() {
            @Override
            public int read() {
                now.addAndGet(Duration.ofSeconds(59).toNanos());
                return ' ';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                bytes[offset] = (byte) read();
                return 1;
            }
        };

        RegistryException refused = assertRefused(Kind.INVALID, announced(LIMIT, slow));

        assertThat(refused.errors().get(0).code()).isEqualTo(ErrorCode.SIZE_INVALID);
        assertThat(now).hasValue(Duration.ofSeconds(118).toNanos());
    }

    @Test
    void takesABodyOfTheLeastPace() throws IOException {
        byte[] bytes = bytes(LIMIT);
        InputStream slow = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                now.addAndGet(Duration.ofMillis(900).toNanos());
                return super.read(buffer, offset, Math.min(length, SMALL));
            }
        };

        assertThat(body.read(announced(LIMIT, slow), body.place())).isEqualTo(bytes);
    }

    private RegistryException assertRefused(Kind kind, HttpServletRequest request) {
        RegistryException refused =
                catchThrowableOfType(RegistryException.class, () -> body.read(request, body.place()));
        assertThat(refused.kind()).isEqualTo(kind);
        return refused;
    }

    private static HttpServletRequest announced(int size, InputStream stream) {
        return request(Map.of("Content-Length", List.of(Integer.toString(size))), stream);
    }

    private static HttpServletRequest unannounced(InputStream stream) {
        return request(Map.of(), stream);
    }

    private static HttpServletRequest request(Map<String, List<String>> headers, InputStream stream) {
        return Requests.of("PUT", "/v2/a/manifests/b", null, headers, stream);
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    private static InputStream unreadable() {
        return thenFail(new byte[0]);
    }

    private static InputStream thenFail(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                int read = super.read(buffer, offset, length);
                if (read < 0) {
                    throw new IllegalStateException("reads on");
                }
                return read;
            }
        };
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
