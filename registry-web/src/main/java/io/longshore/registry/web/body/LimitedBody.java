package io.longshore.registry.web.body;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Reads request bodies whole, because they are small. A body takes room only as it comes, and one that comes too slowly
 * is given up, so that a few clients that hardly send anything do not keep all others waiting. Thread-safe.
 */
public final class LimitedBody {
    private static final int SMALLEST_BUFFER = 4 << 10;
    private static final long NANOS_FOR_ALL = Duration.ofMinutes(1).toNanos();
    private static final long LEAST_BYTES_PER_SECOND = 64 << 10;

    private final String what;
    private final int limitBytes;
    private final BodyRoom room;
    private final LongSupplier nanoTime;

    /**
     * @param what names such a body to clients, such as {@code a manifest}
     * @param limitBytes the longest body, inclusive
     * @param nanoTime as {@link System#nanoTime}
     */
    public LimitedBody(String what, int limitBytes, BodyRoom room, LongSupplier nanoTime) {
        this.what = what;
        this.limitBytes = limitBytes;
        this.room = room;
        this.nanoTime = nanoTime;
    }

    /** Where the next body finds room. The caller closes it when nothing of the body is needed any more. */
    public BodyRoom.Place place() {
        return room.open();
    }

    /**
     * Reads a body to its end.
     *
     * @throws RegistryException.Refused {@link RegistryException.Kind#TOO_LARGE} if it is longer than it may be or
     *     announced to be
     * @throws RegistryException.Invalid {@link ErrorCode#SIZE_INVALID} if it does not come within a minute and a second
     *     for each 64 KiB
     * @throws RegistryException.Unavailable if others take all room for too long
     */
    public byte[] read(HttpServletRequest request, BodyRoom.Place place) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > limitBytes) {
            throw tooLarge();
        }
        return read(new RequestBody(request.getInputStream()), announced, place);
    }

    private byte[] read(InputStream body, long announced, BodyRoom.Place place) throws IOException {
        long begin = nanoTime.getAsLong();
        // Always with room for one byte more than is wanted, to see the end without another step.
        byte[] bytes = new byte[(int) Math.min(announced < 0 ? SMALLEST_BUFFER : announced, BodyRoom.SMALL_BYTES) + 1];
        int length = 0;
        for (int read = body.read(bytes); read >= 0; read = body.read(bytes, length, bytes.length - length)) {
            length += read;
            checkPace(length, nanoTime.getAsLong() - begin);
            if (length > limitBytes) {
                throw tooLarge();
            }
            if (length == bytes.length) {
                int larger = (int) Math.min(limitBytes + 1L, Math.max(BodyRoom.SMALL_BYTES + 1, 2L * length));
                place.growTo(larger);
                bytes = Arrays.copyOf(bytes, larger);
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    private void checkPace(int length, long nanos) {
        long most = NANOS_FOR_ALL + Duration.ofSeconds(length / LEAST_BYTES_PER_SECOND).toNanos();
        if (nanos > most) {
            throw new RegistryException.Invalid(
                    ErrorCode.SIZE_INVALID,
                    what + " has to come within a minute, and a second for each 64 KiB of it",
                    "came so far: " + length);
        }
    }

    private RegistryException tooLarge() {
        return new RegistryException.Refused(
                RegistryException.Kind.TOO_LARGE,
                ErrorCode.SIZE_INVALID,
                what + " has at most " + limitBytes + " bytes",
                "");
    }
}
