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

    /** One of which no more is said. */
    public static Platform of(String os, String architecture) {
        return new Platform(os, architecture, "", List.of(), "");
    }
}
