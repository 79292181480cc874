package io.longshore.registry.model;

import java.util.Objects;

/**
 * What a child of an index runs on, as far as it is looked at. Immutable.
 *
 * <p>OCI image-spec, Image Index, "platform". Words that are unknown here are carried unchanged.
 *
 * @param os such as {@code linux}; empty where the index does not say
 * @param architecture such as {@code amd64}; empty where the index does not say
 */
public record Platform(String os, String architecture) {
    public Platform {
        Objects.requireNonNull(os, "os");
        Objects.requireNonNull(architecture, "architecture");
    }
}
