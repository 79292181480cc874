package io.longshore.registry.replication;

import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.client.copy.ContentTarget;
import io.longshore.registry.client.http.Content;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.RawManifest;
import java.io.IOException;
import java.util.List;

/** A target that says what it has, and to which nothing comes: no byte is read for it. Thread-safe. */
record DryTarget(ContentTarget target) implements ContentTarget {

    @Override
    public boolean hasBlob(Descriptor blob) throws IOException {
        return target.hasBlob(blob);
    }

    @Override
    public boolean hasManifest(Descriptor manifest) throws IOException {
        return target.hasManifest(manifest);
    }

    /** What it could take over is told as what it would be sent: to know better, it would have to be done. */
    @Override
    public boolean mount(Descriptor blob, ContentSource source) {
        return false;
    }

    @Override
    public void putBlob(Descriptor blob, Content content) {}

    @Override
    public void putManifest(RawManifest manifest, List<String> names) {}
}
