package io.longshore.registry.web.body;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** A request body that is read whole, because it is small. */
public final class LimitedBody {

    private LimitedBody() {}

    /**
     * How long the body is at most: as announced, or else as long as it may be.
     *
     * @param limitBytes the longest body, inclusive
     * @throws RegistryException.Refused {@link RegistryException.Kind#TOO_LARGE} if it is announced to be longer
     */
    public static int sizeBytes(HttpServletRequest request, int limitBytes) {
        long announced = request.getContentLengthLong();
        if (announced > limitBytes) {
            throw tooLarge(limitBytes);
        }
        return announced < 0 ? limitBytes : (int) announced;
    }

    /**
     * Reads the body to its end.
     *
     * @param limitBytes the longest body, inclusive
     * @throws RegistryException.Refused {@link RegistryException.Kind#TOO_LARGE} if it is longer
     */
    public static byte[] read(HttpServletRequest request, int limitBytes) throws IOException {
        sizeBytes(request, limitBytes);
        byte[] bytes = new RequestBody(request.getInputStream()).readNBytes(limitBytes + 1);
        if (bytes.length > limitBytes) {
            throw tooLarge(limitBytes);
        }
        return bytes;
    }

    private static RegistryException tooLarge(int limitBytes) {
        return new RegistryException.Refused(
                RegistryException.Kind.TOO_LARGE,
                ErrorCode.SIZE_INVALID,
                "a manifest has at most " + limitBytes + " bytes",
                "");
    }
}
