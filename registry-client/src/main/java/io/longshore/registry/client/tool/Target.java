package io.longshore.registry.client.tool;

import io.longshore.registry.client.archive.ArchiveTarget;
import io.longshore.registry.client.copy.ContentTarget;
import java.io.Closeable;
import java.io.IOException;

/** A place that is open to be written. */
record Target(Place place, ContentTarget content) implements Closeable {
    /** Nothing more will be put: what is written as a whole is there from now on. */
    void finish() throws IOException {
        if (content instanceof ArchiveTarget archive) {
            archive.finish();
        }
    }

    /** Leaves nothing of an archive that was not finished. */
    @Override
    public void close() throws IOException {
        if (content instanceof Closeable open) {
            open.close();
        }
    }
}
