package io.longshore.registry.client.tool;

import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.Platform;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * An image, an index or an artifact, as far as it can be told without its layers.
 *
 * @param config of an image; empty for all others
 */
record Image(RawManifest raw, Manifest manifest, Optional<ImageConfig> config) {
    /** Configs have the history of an image in them; longer ones are none. */
    private static final int LONGEST_CONFIG = 16 << 20;

    /**
     * Reads what is meant in a place.
     *
     * @param platform which of an index, if that is not meant itself
     * @throws RegistryException.NotFound if there is none, or none for the platform
     */
    static Image read(ContentSource source, String reference, Optional<Platform> platform) throws IOException {
        RawManifest raw = source.manifest(reference);
        Manifest manifest = raw.parse();
        if (platform.isPresent() && !manifest.manifests().isEmpty()) {
            return of(source, source.manifest(child(manifest.manifests(), platform.get())));
        }
        return of(source, raw);
    }

    private static Descriptor child(List<Descriptor> children, Platform wanted) {
        return children.stream()
                .filter(child -> child.platform().filter(wanted::covers).isPresent())
                .findFirst()
                .orElseThrow(() -> new RegistryException.NotFound(
                        ErrorCode.MANIFEST_UNKNOWN, "there is no image for " + wanted + ", but for " + known(children),
                        ""));
    }

    private static String known(List<Descriptor> children) {
        List<String> known = children.stream()
                .flatMap(child -> child.platform().stream())
                .map(Platform::toString)
                .distinct()
                .sorted()
                .toList();
        return known.isEmpty() ? "none that it names" : String.join(", ", known);
    }

    private static Image of(ContentSource source, RawManifest raw) throws IOException {
        Manifest manifest = raw.parse();
        Optional<Descriptor> config = manifest.config().filter(it -> ImageConfig.isOne(it.mediaType()));
        return new Image(
                raw, manifest, config.isPresent()
                        ? Optional.of(ImageConfig.parse(bytes(source, config.get()))) : Optional.empty());
    }

    /** All of a small blob. */
    static byte[] bytes(ContentSource source, Descriptor blob) throws IOException {
        if (blob.sizeBytes() > LONGEST_CONFIG) {
            throw new IOException(
                    blob.digest() + ": has " + blob.sizeBytes() + " bytes, which is too long for a config");
        }
        try (InputStream content = source.blob(blob)) {
            return content.readAllBytes();
        }
    }

    /** {@code index}, {@code image}, or {@code artifact}. */
    String kind() {
        if (isIndex()) {
            return "index";
        }
        return config.isPresent() ? "image" : "artifact";
    }

    boolean isIndex() {
        return !manifest.manifests().isEmpty()
                || raw.mediaType().equals(MediaTypes.OCI_INDEX)
                || raw.mediaType().equals(MediaTypes.DOCKER_LIST);
    }

    /** Of config and layers, or of what an index lists. */
    long contentBytes() {
        long bytes = manifest.config().map(Descriptor::sizeBytes).orElse(0L);
        for (Descriptor part : isIndex() ? manifest.manifests() : manifest.layers()) {
            bytes += part.sizeBytes();
        }
        return bytes;
    }
}
