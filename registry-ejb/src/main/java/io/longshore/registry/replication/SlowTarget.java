package io.longshore.registry.replication;

import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.client.copy.ContentTarget;
import io.longshore.registry.client.http.Content;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.RawManifest;
import java.io.IOException;
import java.util.List;

/** A target to which bytes go no faster than they may. Thread-safe. */
record SlowTarget(ContentTarget target, Throttle throttle) implements ContentTarget {

    @Override
    public boolean hasBlob(Descriptor blob) throws IOException {
        return target.hasBlob(blob);
    }

    @Override
    public boolean hasManifest(Descriptor manifest) throws IOException {
        return target.hasManifest(manifest);
    }

    @Override
    public boolean mount(Descriptor blob, ContentSource source) throws IOException {
        return target.mount(blob, source);
    }

    @Override
    public void putBlob(Descriptor blob, Content content) throws IOException {
        target.putBlob(blob, throttle.slowed(content));
    }

    @Override
    public void putManifest(RawManifest manifest, List<String> names) throws IOException {
        target.putManifest(manifest, names);
    }

    @Override
    public void putChild(RawManifest manifest) throws IOException {
        target.putChild(manifest);
    }
}
