package io.longshore.registry.upload;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * Bytes that a client sends.
 *
 * @param stream read once, closed by whoever opened it
 * @param announcedBytes how many the client said there would be, if it did
 */
public record UploadBody(InputStream stream, OptionalLong announcedBytes) {
    private static final int LARGEST_BUFFER = 64 * 1024;
    private static final int SMALLEST_BUFFER = 4 * 1024;

    /** Takes the first {@code length} of {@code bytes} before they are overwritten. */
    @FunctionalInterface
    interface Sink {
        void accept(byte[] bytes, int length) throws IOException;
    }

    /** Reads to the end and returns how many bytes there were. */
    long copyTo(Sink sink) throws IOException {
        byte[] buffer = buffer();
        long total = 0;
        int length;
        // Filled to the brim: servers hand out a few KiB at a time, and each piece would cost a system call.
        while ((length = stream.readNBytes(buffer, 0, buffer.length)) > 0) {
            sink.accept(buffer, length);
            total += length;
        }
        if (announcedBytes.isPresent() && announcedBytes.getAsLong() != total) {
            throw new RegistryException.Invalid(
                    ErrorCode.SIZE_INVALID,
                    "the body has another length than announced",
                    "said " + announcedBytes.getAsLong() + ", sent " + total);
        }
        return total;
    }

    /** Small bodies are many, large ones are few. */
    private byte[] buffer() {
        long size = announcedBytes.orElse(LARGEST_BUFFER);
        return new byte[(int) Math.max(SMALLEST_BUFFER, Math.min(LARGEST_BUFFER, size))];
    }
}
