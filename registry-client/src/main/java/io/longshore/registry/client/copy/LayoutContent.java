package io.longshore.registry.client.copy;

import io.longshore.registry.client.http.Content;
import io.longshore.registry.client.layout.OciLayout;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RawManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * An OCI layout, to copy from or to. Names are those of its index ({@code org.opencontainers.image.ref.name}); the empty
 * name is what is alone there. Thread-safe, as far as the layout is.
 */
public final class LayoutContent implements ContentSource, ContentTarget {
    private final OciLayout layout;
    private final LayoutSource source;

    public LayoutContent(OciLayout layout) {
        this.layout = layout;
        this.source = new LayoutSource(layout);
    }

    @Override
    public RawManifest manifest(String reference) throws IOException {
        return source.manifest(reference);
    }

    @Override
    public RawManifest manifest(Descriptor manifest) throws IOException {
        return source.manifest(manifest);
    }

    @Override
    public InputStream blob(Descriptor blob) throws IOException {
        return source.blob(blob);
    }

    @Override
    public List<Descriptor> referrers(Digest subject) throws IOException {
        return source.referrers(subject);
    }

    @Override
    public boolean hasBlob(Descriptor blob) throws IOException {
        return layout.size(blob.digest()).equals(Optional.of(blob.sizeBytes()));
    }

    @Override
    public boolean hasManifest(Descriptor manifest) throws IOException {
        return hasBlob(manifest);
    }

    @Override
    public boolean mount(Descriptor blob, ContentSource source) {
        return false;
    }

    @Override
    public void putBlob(Descriptor blob, Content content) throws IOException {
        try (InputStream in = content.open()) {
            layout.writeVerified(blob.digest(), in);
        }
    }

    @Override
    public void putManifest(RawManifest manifest, List<String> names) throws IOException {
        putChild(manifest);
        if (names.isEmpty()) {
            layout.add(manifest.descriptor());
        }
        for (String name : names) {
            layout.add(manifest.descriptor(), name);
        }
    }

    @Override
    public void putChild(RawManifest manifest) throws IOException {
        layout.write(manifest.digest(), new ByteArrayInputStream(manifest.bytes()));
    }
}
