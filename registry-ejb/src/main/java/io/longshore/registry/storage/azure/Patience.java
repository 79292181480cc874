package io.longshore.registry.storage.azure;

import com.azure.core.util.Context;
import java.time.Duration;

/**
 * How long requests may take. The time-out for an answer starts with the request, so where bytes go before the answer it
 * must leave time for them.
 */
final class Patience {
    /** How long nothing may move. */
    static final Duration SILENCE = Duration.ofMinutes(1);

    /** By this key the HTTP clients of the Azure libraries find the time-out of a single request. */
    private static final String ANSWER_TIMEOUT = "azure-response-timeout";

    /** Whoever sends less in a second is taken for gone. */
    private static final long SLOWEST_UPLOAD = 64 << 10;

    /** Copies go from one disk of Azure to another. */
    private static final long SLOWEST_STEP = 1 << 20;

    private static final long SLOWEST_COPY = 16 << 20;

    private Patience() {}

    /** How long these bytes may take on their way to Azure. */
    static Duration upload(long bytes) {
        return at(SLOWEST_UPLOAD, bytes);
    }

    /** How long Azure may take to copy these bytes while the request waits. */
    static Duration step(long bytes) {
        return at(SLOWEST_STEP, bytes);
    }

    /** How long Azure may take to copy these bytes in its own time, beside what any such copy may take. */
    static Duration copy(long bytes) {
        return at(SLOWEST_COPY, bytes);
    }

    private static Duration at(long bytesPerSecond, long bytes) {
        return Duration.ofMillis(Math.multiplyExact(bytes, 1000L) / bytesPerSecond);
    }

    /** For a request whose answer cannot come before {@code transfer} is over. */
    static Context after(Duration transfer) {
        return new Context(ANSWER_TIMEOUT, SILENCE.plus(transfer));
    }
}
