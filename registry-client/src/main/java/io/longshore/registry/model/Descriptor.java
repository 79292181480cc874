package io.longshore.registry.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How one manifest speaks of other content. Immutable.
 *
 * <p>OCI image-spec, Content Descriptors.
 *
 * @param mediaType of the content, at most 255 printable ASCII characters
 * @param sizeBytes of the content, 0 or more
 * @param urls where else the content can be had; mostly empty
 * @param annotations in their order; mostly empty
 * @param platform that the manifest is for, if the descriptor says
 * @param artifactType what the manifest is, if the descriptor says: in indexes and lists of referrers
 */
public record Descriptor(
        String mediaType,
        Digest digest,
        long sizeBytes,
        List<String> urls,
        Map<String, String> annotations,
        Optional<Platform> platform,
        Optional<String> artifactType) {

    public Descriptor {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(platform, "platform");
        Objects.requireNonNull(artifactType, "artifactType");
        urls = List.copyOf(urls);
        annotations = annotations.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("a size is not negative: " + sizeBytes);
        }
    }

    /** What names some content and says nothing else of it. */
    public static Descriptor of(String mediaType, Digest digest, long sizeBytes) {
        return new Descriptor(
                mediaType, digest, sizeBytes, List.of(), Map.of(), Optional.empty(), Optional.empty());
    }

    /** The same with these annotations in place of all others. */
    public Descriptor withAnnotations(Map<String, String> others) {
        return new Descriptor(mediaType, digest, sizeBytes, urls, others, platform, artifactType);
    }

    /** The same of this artifact type, or of none. */
    public Descriptor withArtifactType(Optional<String> other) {
        return new Descriptor(mediaType, digest, sizeBytes, urls, annotations, platform, other);
    }

    /** As it stands in a manifest: a JSON object without the fields that are empty. */
    public String toJson() {
        return DescriptorWriter.write(this);
    }

    /**
     * Whether clients keep from pushing this if it is a layer: they say where else it can be had, or its media type is a
     * non-distributable one, with or without {@code urls}.
     */
    public boolean isLayerElsewhere() {
        return !urls.isEmpty() || MediaTypes.isNonDistributable(mediaType);
    }
}
