package io.longshore.registry.model;

import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one descriptor of a manifest, and checks all that can be checked without looking elsewhere. */
final class DescriptorReader {
    private static final int MAX_TYPE_LENGTH = 255;

    private final StrictJson json;
    private Optional<String> mediaType = Optional.empty();
    private Optional<Digest> digest = Optional.empty();
    private Optional<Long> sizeBytes = Optional.empty();
    private Optional<String> data = Optional.empty();
    private List<String> urls = List.of();
    private Map<String, String> annotations = Map.of();
    private Optional<Platform> platform = Optional.empty();
    private Optional<String> artifactType = Optional.empty();

    private DescriptorReader(StrictJson json) {
        this.json = json;
    }

    /**
     * @throws RegistryException.Invalid {@link ErrorCode#MANIFEST_INVALID}
     */
    static Descriptor read(StrictJson json) throws IOException {
        DescriptorReader reader = new DescriptorReader(json);
        json.object(reader::field);
        return reader.descriptor();
    }

    private void field(String name) throws IOException {
        switch (name) {
            case "mediaType" -> mediaType = typeName(json);
            case "digest" -> digest = json.optional(this::digest);
            case "size" -> sizeBytes = json.optional(this::size);
            case "data" -> data = json.optional(json::string);
            case "urls" -> urls = json.array(json::string);
            case "platform" -> platform = json.optional(() -> PlatformReader.read(json));
            case "annotations" -> annotations = annotations(json);
            case "artifactType" -> artifactType = typeName(json);
            default -> json.skip();
        }
    }

    /**
     * The name of a type that is only carried along: what clients invent need not be a registered media type. Empty if
     * {@code null} or {@code ""}, which the specifications treat as absent.
     */
    static Optional<String> typeName(StrictJson json) throws IOException {
        Optional<String> name = json.optional(json::string).filter(text -> !text.isEmpty());
        if (name.isPresent() && !isPrintable(name.get())) {
            throw json.invalid("must be at most " + MAX_TYPE_LENGTH + " printable ASCII characters");
        }
        return name;
    }

    private static boolean isPrintable(String text) {
        return text.length() <= MAX_TYPE_LENGTH && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** The annotations at hand, in their order. */
    static Map<String, String> annotations(StrictJson json) throws IOException {
        if (json.isNull()) {
            return Map.of();
        }
        Map<String, String> annotations = new LinkedHashMap<>();
        json.object(name -> annotations.put(json.wellFormed(name), json.string()));
        return annotations;
    }

    private Digest digest() throws IOException {
        String text = json.string();
        try {
            return Digest.parse(text);
        } catch (RegistryException.Invalid e) {
            throw json.invalid(e.getMessage() + ", not '" + Quoted.of(text) + "'");
        }
    }

    private long size() throws IOException {
        return json.integer()
                .filter(size -> size >= 0)
                .orElseThrow(() -> json.invalid("must be a whole number from 0 to " + Long.MAX_VALUE));
    }

    private Descriptor descriptor() {
        Descriptor descriptor = new Descriptor(
                mediaType.orElseThrow(() -> json.invalid("the descriptor has no 'mediaType'")),
                digest.orElseThrow(() -> json.invalid("the descriptor has no 'digest'")),
                sizeBytes.orElseThrow(() -> json.invalid("the descriptor has no 'size'")),
                urls,
                annotations,
                platform,
                artifactType);
        data.ifPresent(text -> verify(descriptor, text));
        return descriptor;
    }

    /** Embedded content must be the content: some clients take it and never ask for the blob. */
    private void verify(Descriptor descriptor, String text) {
        byte[] content = decode(text);
        if (content.length != descriptor.sizeBytes()) {
            throw json.invalid(
                    "'data' holds " + content.length + " bytes, but 'size' says " + descriptor.sizeBytes());
        }
        if (!Digest.of(descriptor.digest().algorithm(), content).equals(descriptor.digest())) {
            throw json.invalid("'data' is not the content with the digest " + descriptor.digest());
        }
    }

    private byte[] decode(String text) {
        // The JDK takes a missing padding, which other decoders refuse.
        if (text.length() % 4 == 0) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                // Answered below.
            }
        }
        throw json.invalid("'data' is not padded Base64");
    }
}
