package io.longshore.registry.model;

import java.util.List;
import java.util.Objects;

/**
 * What a child of an index runs on. Immutable.
 *
 * <p>OCI image-spec, Image Index, "platform". Words that are unknown here are carried unchanged.
 *
 * @param os such as {@code linux}; empty where the index does not say
 * @param architecture such as {@code amd64}; empty where the index does not say
 * @param osVersion such as {@code 10.0.14393.1066}; empty where the index does not say
 * @param osFeatures such as {@code win32k}; mostly empty
 * @param variant of the architecture, such as {@code v7}; empty where the index does not say
 */
public record Platform(
        String os, String architecture, String osVersion, List<String> osFeatures, String variant) {
    public Platform {
        Objects.requireNonNull(os, "os");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(osVersion, "osVersion");
        Objects.requireNonNull(variant, "variant");
        osFeatures = List.copyOf(osFeatures);
    }

    /**
     * Reads how people write one: {@code os/architecture}, with {@code /variant} if need be.
     *
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length < 2 || parts.length > 3 || List.of(parts).contains("")) {
            throw new IllegalArgumentException("a platform is written like linux/amd64 or linux/arm/v7: " + text);
        }
        return new Platform(parts[0], parts[1], "", List.of(), parts.length == 3 ? parts[2] : "");
    }

    /**
     * Whether the other is one of what this describes: what this does not say may be anything. The variants {@code v8} of
     * {@code arm64} and {@code v1} of {@code amd64} are what is meant where none is given.
     */
    public boolean covers(Platform other) {
        return os.equals(other.os)
                && architecture.equals(other.architecture)
                && (osVersion.isEmpty() || osVersion.equals(other.osVersion))
                && other.osFeatures.containsAll(osFeatures)
                && (variant.isEmpty() || fullVariant().equals(other.fullVariant()));
    }

    private String fullVariant() {
        if (!variant.isEmpty()) {
            return variant;
        }
        return switch (architecture) {
            case "arm64" -> "v8";
            case "amd64" -> "v1";
            default -> "";
        };
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return os + '/' + architecture + (variant.isEmpty() ? "" : '/' + variant);
    }

    /** One of which no more is said. */
    public static Platform of(String os, String architecture) {
        return new Platform(os, architecture, "", List.of(), "");
    }
}
