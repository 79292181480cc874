package io.longshore.registry.client.copy;

import io.longshore.registry.client.layout.LayoutReader;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An OCI layout, wherever it is, to copy from. Names are those of its index; the empty name is what is alone there.
 * Thread-safe.
 */
public final class LayoutSource implements ContentSource {
    /** More than registries take. */
    private static final int LONGEST_MANIFEST = 16 << 20;

    private final LayoutReader layout;

    public LayoutSource(LayoutReader layout) {
        this.layout = layout;
    }

    @Override
    public RawManifest manifest(String reference) throws IOException {
        if (reference.isEmpty()) {
            return manifest(onlyOne());
        }
        Optional<Descriptor> named = layout.find(reference);
        Optional<Digest> digest = named.isEmpty() ? digest(reference) : Optional.empty();
        if (digest.isPresent()) {
            return ofDigest(digest.get());
        }
        return manifest(named.orElseThrow(() -> notFound("nothing is called " + reference)));
    }

    private static Optional<Digest> digest(String reference) {
        try {
            return Optional.of(Digest.parse(reference));
        } catch (RegistryException.Invalid e) {
            // A name with a colon in it.
            return Optional.empty();
        }
    }

    private Descriptor onlyOne() throws IOException {
        List<Descriptor> all = layout.manifests();
        long different = all.stream().map(Descriptor::digest).distinct().count();
        if (different != 1) {
            throw notFound("which of " + different + " is meant has to be said");
        }
        return all.get(0);
    }

    private RawManifest ofDigest(Digest digest) throws IOException {
        for (Descriptor manifest : layout.manifests()) {
            if (manifest.digest().equals(digest)) {
                return manifest(manifest);
            }
        }
        byte[] bytes = bytes(digest);
        try {
            return verified(RawManifest.of(
                    Manifest.parse(bytes, null).mediaType(), digest.algorithm(), bytes), digest);
        } catch (RegistryException.Invalid e) {
            throw new IOException(digest + " is no manifest: " + e.getMessage(), e);
        }
    }

    @Override
    public RawManifest manifest(Descriptor manifest) throws IOException {
        byte[] bytes = bytes(manifest.digest());
        return verified(
                RawManifest.of(manifest.mediaType(), manifest.digest().algorithm(), bytes), manifest.digest());
    }

    private RawManifest verified(RawManifest manifest, Digest expected) throws IOException {
        if (!manifest.digest().equals(expected)) {
            throw new IOException("the content of " + expected + " in " + layout + " is another: " + manifest.digest());
        }
        return manifest;
    }

    private byte[] bytes(Digest digest) throws IOException {
        try (InputStream in = open(digest)) {
            byte[] bytes = in.readNBytes(LONGEST_MANIFEST);
            if (bytes.length == LONGEST_MANIFEST) {
                throw new IOException(digest + " in " + layout + " is too long for a manifest");
            }
            return bytes;
        }
    }

    private InputStream open(Digest digest) throws IOException {
        try {
            return layout.read(digest);
        } catch (NoSuchFileException e) {
            throw notFound(digest + " is not there");
        }
    }

    private RegistryException.NotFound notFound(String what) {
        return new RegistryException.NotFound(ErrorCode.MANIFEST_UNKNOWN, what + ", in the layout " + layout, "");
    }

    @Override
    public InputStream blob(Descriptor blob) throws IOException {
        return new VerifiedStream(open(blob.digest()), blob);
    }

    /** Those that the index names, beside what are no manifests: it is read, and all that it names, each time. */
    @Override
    public List<Descriptor> referrers(Digest subject) throws IOException {
        List<Descriptor> referrers = new ArrayList<>();
        List<Descriptor> manifests =
                layout.manifests().stream().filter(it -> MediaTypes.isManifest(it.mediaType())).toList();
        for (Descriptor manifest : manifests) {
            Optional<Digest> about = manifest(manifest).parse().subject().map(Descriptor::digest);
            if (about.equals(Optional.of(subject))) {
                referrers.add(manifest);
            }
        }
        return referrers;
    }
}
