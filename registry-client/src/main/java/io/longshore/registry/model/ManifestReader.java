package io.longshore.registry.model;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads those fields of a manifest that mean something to a registry, as they stand there; {@link ManifestRules} says
 * whether they go together.
 */
final class ManifestReader {
    /** Far above what images have, and few enough to look each of them up. */
    private static final int MOST_DESCRIPTORS = 10_000;

    private final StrictJson json;
    private final String layersField;
    private Optional<Long> schemaVersion = Optional.empty();
    private boolean hasFsLayers;
    private Optional<String> mediaType = Optional.empty();
    private Optional<String> artifactType = Optional.empty();
    private Optional<Descriptor> config = Optional.empty();
    private Optional<List<Descriptor>> layers = Optional.empty();
    private Optional<List<Descriptor>> manifests = Optional.empty();
    private Optional<Descriptor> subject = Optional.empty();
    private Map<String, String> annotations = Map.of();

    private ManifestReader(StrictJson json, String layersField) {
        this.json = json;
        this.layersField = layersField;
    }

    /**
     * What stands in a manifest.
     *
     * @param schemaVersion empty if absent or not a whole number
     * @param hasFsLayers whether it has the layers of Docker schema 1
     * @param mediaType as in the body; a valid one
     * @param layers absent, or present and perhaps empty; the same for {@code manifests}
     */
    record Fields(
            Optional<Long> schemaVersion,
            boolean hasFsLayers,
            Optional<String> mediaType,
            Optional<String> artifactType,
            Optional<Descriptor> config,
            Optional<List<Descriptor>> layers,
            Optional<List<Descriptor>> manifests,
            Optional<Descriptor> subject,
            Map<String, String> annotations) {}

    /**
     * @param layersField the name of the field with the layers
     * @throws RegistryException.Invalid {@link ErrorCode#MANIFEST_INVALID}
     */
    static Fields read(StrictJson json, String layersField) throws IOException {
        ManifestReader reader = new ManifestReader(json, layersField);
        json.object(reader::field);
        return reader.fields();
    }

    private void field(String name) throws IOException {
        if (name.equals(layersField)) {
            layers = Optional.of(descriptors());
            return;
        }
        switch (name) {
            case "schemaVersion" -> schemaVersion = number();
            case "mediaType" -> mediaType = mediaType();
            case "artifactType" -> artifactType = DescriptorReader.typeName(json);
            case "config" -> config = json.optional(this::descriptor);
            case "manifests" -> manifests = Optional.of(descriptors());
            case "subject" -> subject = json.optional(this::descriptor);
            case "annotations" -> annotations = DescriptorReader.annotations(json);
            case "fsLayers" -> {
                hasFsLayers = true;
                json.skip();
            }
            default -> json.skip();
        }
    }

    private Optional<Long> number() throws IOException {
        Optional<Long> number = json.integer();
        json.skip();
        return number;
    }

    private List<Descriptor> descriptors() throws IOException {
        AtomicInteger count = new AtomicInteger();
        return json.array(() -> {
            if (count.incrementAndGet() > MOST_DESCRIPTORS) {
                throw json.invalid("a manifest lists at most " + MOST_DESCRIPTORS + " others or layers");
            }
            return descriptor();
        });
    }

    private Descriptor descriptor() throws IOException {
        return DescriptorReader.read(json);
    }

    private Optional<String> mediaType() throws IOException {
        Optional<String> type = DescriptorReader.typeName(json);
        if (type.isPresent() && !ManifestRules.isManifestType(type.get())) {
            throw json.invalid(ManifestRules.TYPE_GRAMMAR + ", not '" + Quoted.of(type.get()) + "'");
        }
        return type;
    }

    private Fields fields() {
        return new Fields(
                schemaVersion, hasFsLayers, mediaType, artifactType, config, layers, manifests, subject, annotations);
    }
}
