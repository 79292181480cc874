package io.longshore.registry.model;

import java.nio.CharBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a registry must know of a manifest, whatever its kind: image manifest, index, or another one that clients
 * invented. The bytes themselves are not kept here; they are stored and served as they came. Immutable.
 *
 * <p>OCI image-spec, Image Manifest and Image Index; Docker manifest version 2, schema 2.
 */
public final class Manifest {
    private final String mediaType;
    private final Optional<String> artifactType;
    private final Optional<Descriptor> config;
    private final List<Descriptor> layers;
    private final List<Descriptor> manifests;
    private final Optional<Descriptor> subject;
    private final Map<String, String> annotations;

    private Manifest(String mediaType, ManifestReader.Fields fields) {
        this.mediaType = mediaType;
        this.artifactType = fields.artifactType().or(() -> fields.config().map(Descriptor::mediaType));
        this.config = fields.config();
        this.layers = List.copyOf(fields.layers().orElse(List.of()));
        this.manifests = List.copyOf(fields.manifests().orElse(List.of()));
        this.subject = fields.subject();
        this.annotations = Collections.unmodifiableMap(fields.annotations());
    }

    /**
     * Parses a manifest strictly: what one parser could understand differently than another is refused. Whether it has
     * {@code manifests}, or {@code config} and {@code layers}, decides what it is; a JSON object with none of them is
     * taken if a media type says what it is, and refers to nothing. Unknown fields are ignored, with all that they
     * hold. Whether what it refers to exists is not looked at.
     *
     * @param bytes not changed, not kept
     * @param contentType of the request, or null; parameters are ignored, and so are types that say nothing, such as
     *     {@code application/json}
     * @throws RegistryException.Invalid {@link ErrorCode#MANIFEST_INVALID}, whatever is wrong with it
     */
    public static Manifest parse(byte[] bytes, String contentType) {
        Optional<String> pushedAs = ManifestRules.pushedAs(contentType);
        CharBuffer text = StrictJson.decode(bytes);
        ManifestReader.Fields fields = read(text, "layers");
        String mediaType = ManifestRules.mediaType(pushedAs, fields);
        if (ManifestRules.hasBlobs(mediaType)) {
            // Only now is it known that "blobs" is not just some other field.
            fields = read(text, "blobs");
        }
        ManifestRules.check(mediaType, fields);
        return new Manifest(mediaType, fields);
    }

    private static ManifestReader.Fields read(CharBuffer text, String layersField) {
        return StrictJson.read(text, json -> ManifestReader.read(json, layersField));
    }

    /** The type under which it is stored and served, as it was given, without parameters; fit for a header. */
    public String mediaType() {
        return mediaType;
    }

    /**
     * The artifact type that referrers are listed and filtered by: its own, or else the media type of its config.
     *
     * <p>OCI distribution-spec, Listing Referrers.
     */
    public Optional<String> artifactType() {
        return artifactType;
    }

    /** The config of an image manifest. */
    public Optional<Descriptor> config() {
        return config;
    }

    /** In the order of the manifest, non-distributable ones included. */
    public List<Descriptor> layers() {
        return layers;
    }

    /** The children of an index, in its order. */
    public List<Descriptor> manifests() {
        return manifests;
    }

    /** The manifest that this one says something about; it need not exist. */
    public Optional<Descriptor> subject() {
        return subject;
    }

    /** In the order of the manifest. */
    public Map<String, String> annotations() {
        return annotations;
    }

    /**
     * What must be in the registry before this manifest is: the config, and all layers but those that
     * lie elsewhere. Each digest once, in the order of the manifest.
     */
    public List<Descriptor> requiredBlobs() {
        Map<Digest, Descriptor> required = new LinkedHashMap<>();
        config.ifPresent(descriptor -> required.put(descriptor.digest(), descriptor));
        for (Descriptor layer : layers) {
            if (!layer.isLayerElsewhere()) {
                required.putIfAbsent(layer.digest(), layer);
            }
        }
        return List.copyOf(required.values());
    }

    /** For messages: the kind of manifest. */
    @Override
    public String toString() {
        return mediaType;
    }
}
