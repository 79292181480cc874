package io.longshore.registry.client.http;

import java.net.URI;

/** Hears what registries have to say beside their answers. Must be thread-safe. */
@FunctionalInterface
public interface WarningListener {
    /** Hears nothing. */
    WarningListener NONE = (source, text) -> {};

    /**
     * A registry warns (OCI distribution-spec, "Warnings").
     *
     * @param source the URL that was asked, without its query
     * @param text meant to be shown to a person; without control characters, at most 201 characters
     */
    void warned(URI source, String text);
}
