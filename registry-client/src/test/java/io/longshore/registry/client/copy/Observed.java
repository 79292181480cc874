package io.longshore.registry.client.copy;

import io.longshore.registry.client.http.Content;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two places that remember what they are asked for, and do what a test wants when a blob is read. */
final class Observed {
    /** What happens when a blob is read. */
    interface Reading {
        InputStream of(Descriptor blob) throws IOException;
    }

    final List<Digest> read = new CopyOnWriteArrayList<>();
    final List<Digest> put = new CopyOnWriteArrayList<>();

    ContentSource source(ContentSource real) {
        return source(real, real::blob);
    }

    ContentSource source(ContentSource real, Reading reading) {
        return new ContentSource() {
            @Override
            public RawManifest manifest(String reference) throws IOException {
                return real.manifest(reference);
            }

            @Override
            public RawManifest manifest(Descriptor manifest) throws IOException {
                read.add(manifest.digest());
                return real.manifest(manifest);
            }

            @Override
            public InputStream blob(Descriptor blob) throws IOException {
                read.add(blob.digest());
                return reading.of(blob);
            }

            @Override
            public List<Descriptor> referrers(Digest subject) throws IOException {
                return real.referrers(subject);
            }
        };
    }

    ContentTarget target(ContentTarget real) {
        return new ContentTarget() {
            @Override
            public boolean hasBlob(Descriptor blob) throws IOException {
                return real.hasBlob(blob);
            }

            @Override
            public boolean hasManifest(Descriptor manifest) throws IOException {
                return real.hasManifest(manifest);
            }

            @Override
            public boolean mount(Descriptor blob, ContentSource source) throws IOException {
                return real.mount(blob, source);
            }

            @Override
            public void putBlob(Descriptor blob, Content content) throws IOException {
                real.putBlob(blob, content);
                put.add(blob.digest());
            }

            @Override
            public void putManifest(RawManifest manifest, List<String> names) throws IOException {
                real.putManifest(manifest, names);
                put.add(manifest.digest());
            }

            @Override
            public void putChild(RawManifest manifest) throws IOException {
                real.putChild(manifest);
                put.add(manifest.digest());
            }
        };
    }
}
