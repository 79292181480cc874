package io.longshore.registry.upload;

import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.RegistryException;

/**
 * Where a client says that a chunk lies in the blob.
 *
 * @param start position of its first byte
 * @param end position of its last byte, inclusive
 */
public record ChunkRange(long start, long end) {

    /**
     * @throws RegistryException.Invalid {@link ErrorCode#RANGE_INVALID}
     */
    public ChunkRange {
        if (start < 0 || end < start || end == Long.MAX_VALUE) {
            throw new RegistryException.Invalid(
                    ErrorCode.RANGE_INVALID, "a chunk's range is start-end, both inclusive", start + "-" + end);
        }
    }

    long sizeBytes() {
        return end - start + 1;
    }
}
