package io.longshore.registry.config;

import io.longshore.registry.model.Descriptor;
import java.util.Set;

/**
 * Which manifests that an index names must be there when the index is pushed.
 *
 * @param platforms used by {@link Mode#LIST} only
 */
public record IndexValidation(Mode mode, Set<ListedPlatform> platforms) {
    /** An index may name manifests that are not there. */
    public static final IndexValidation NOTHING = new IndexValidation(Mode.NONE, Set.of());

    /** How much is checked. */
    public enum Mode {
        ALL,
        NONE,
        LIST
    }

    public IndexValidation {
        platforms = Set.copyOf(platforms);
    }

    /**
     * Whether the manifest must be there. One whose descriptor names no platform is of none that is listed.
     *
     * @param child what the index says of it
     */
    public boolean requires(Descriptor child) {
        return mode == Mode.ALL || mode == Mode.LIST && isListed(child);
    }

    private boolean isListed(Descriptor child) {
        return child.platform()
                .map(platform -> new ListedPlatform(platform.os(), platform.architecture()))
                .filter(platforms::contains)
                .isPresent();
    }
}
