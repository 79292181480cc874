package io.longshore.registry.client.archive;

import io.longshore.registry.client.archive.TarWriter.Growing;
import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.client.copy.VerifiedStream;
import io.longshore.registry.client.http.Content;
import io.longshore.registry.client.layout.LayoutMark;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.IndexText;
import io.longshore.registry.model.RawManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** An OCI layout in a tar file, to copy to. */
final class LayoutArchiveTarget implements ArchiveTarget {
    private final TarWriter tar;
    private final Turns turns = new Turns();
    private final Set<Digest> written = ConcurrentHashMap.newKeySet();
    private String index = IndexText.EMPTY;

    LayoutArchiveTarget(TarWriter tar) {
        this.tar = tar;
    }

    @Override
    public boolean hasBlob(Descriptor blob) {
        return written.contains(blob.digest());
    }

    @Override
    public boolean hasManifest(Descriptor manifest) {
        return written.contains(manifest.digest());
    }

    @Override
    public boolean mount(Descriptor blob, ContentSource source) {
        return false;
    }

    @Override
    public void putBlob(Descriptor blob, Content content) throws IOException {
        turns.take(() -> write(blob, content));
    }

    private void write(Descriptor blob, Content content) throws IOException {
        if (written.contains(blob.digest())) {
            return;
        }
        String name = TarLayout.path(blob.digest());
        Growing entry = tar.begin(name);
        try (InputStream in = new VerifiedStream(content.open(), blob)) {
            entry.writeAll(in);
            entry.end(name);
        } catch (IOException | RuntimeException e) {
            entry.cancel(e);
            throw e;
        }
        written.add(blob.digest());
    }

    @Override
    public void putManifest(RawManifest manifest, List<String> names) throws IOException {
        putChild(manifest);
        turns.take(() -> {
            if (names.isEmpty()) {
                index = IndexText.add(index, manifest.descriptor(), Optional.empty());
            }
            for (String name : names) {
                index = IndexText.add(index, manifest.descriptor(), Optional.of(name));
            }
        });
    }

    @Override
    public void putChild(RawManifest manifest) throws IOException {
        putBlob(manifest.descriptor(), () -> new ByteArrayInputStream(manifest.bytes()));
    }

    @Override
    public void finish() throws IOException {
        turns.take(() -> {
            tar.add(TarLayout.INDEX, index.getBytes(StandardCharsets.UTF_8));
            tar.add(LayoutMark.FILE, LayoutMark.TEXT.getBytes(StandardCharsets.UTF_8));
            tar.finish();
        });
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
