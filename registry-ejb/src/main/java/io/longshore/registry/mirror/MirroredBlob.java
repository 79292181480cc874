package io.longshore.registry.mirror;

import io.longshore.registry.storage.BlobContent;
import java.io.IOException;

/**
 * A blob that can be pulled.
 *
 * @param isStored whether all of it lies in the storage
 */
public record MirroredBlob(long sizeBytes, boolean isStored, Opener opener) {

    /** Opens it to read from a position on. Whoever calls it closes what it gives. */
    @FunctionalInterface
    public interface Opener {
        BlobContent at(long position) throws IOException;
    }
}
