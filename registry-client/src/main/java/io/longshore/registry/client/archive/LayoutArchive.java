package io.longshore.registry.client.archive;

import io.longshore.registry.client.copy.LayoutSource;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** An OCI layout in a tar file, to copy from. */
final class LayoutArchive implements ArchiveSource {
    private final TarLayout layout;
    private final LayoutSource source;

    LayoutArchive(TarFile tar) throws IOException {
        this.layout = new TarLayout(tar);
        this.source = new LayoutSource(layout);
    }

    @Override
    public List<String> names() {
        return layout.names();
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
    public void close() {
        // Nothing is open.
    }
}
