package io.longshore.registry.model;

import java.util.Objects;
import java.util.Optional;

/**
 * What a child of an index runs on. Immutable.
 *
 * <p>OCI image-spec, Image Index, "platform". Words that are unknown here are carried unchanged.
 *
 * @param os such as {@code linux}; empty where the index does not say
 * @param architecture such as {@code amd64}; empty where the index does not say
 * @param variant of the processor, such as {@code v8}
 * @param osVersion such as {@code 10.0.14393.1066}
 */
public record Platform(String os, String architecture, Optional<String> variant, Optional<String> osVersion) {
    public Platform {
        Objects.requireNonNull(os, "os");
        Objects.requireNonNull(architecture, "architecture");
        Objects.requireNonNull(variant, "variant");
        Objects.requireNonNull(osVersion, "osVersion");
    }
}
