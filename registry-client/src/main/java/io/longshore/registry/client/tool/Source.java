package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.ContentSource;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * A place that is open to be read.
 *
 * @param reference what is meant there, as the place has it
 * @param name what that is called, if it is called anything
 */
record Source(Place place, ContentSource content, String reference, Optional<String> name) implements Closeable {
    /** Removes what an archive had to keep aside. */
    @Override
    public void close() throws IOException {
        if (content instanceof Closeable open) {
            open.close();
        }
    }
}
