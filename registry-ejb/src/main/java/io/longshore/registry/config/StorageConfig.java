package io.longshore.registry.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where blob bytes live and what may become of them.
 *
 * @param deleteEnabled whether clients may delete tags, manifests and blobs
 * @param redirects whether clients are sent to a store that gives addresses of blobs
 */
public record StorageConfig(Driver driver, boolean deleteEnabled, boolean redirects, UploadPurgeConfig uploadPurge) {

    /** The one storage driver and its settings. */
    public sealed interface Driver {}

    /**
     * Files on a local or mounted file system.
     *
     * @param maxThreads how many threads may read and write files at once
     */
    public record Filesystem(Path rootDirectory, int maxThreads) implements Driver {}

    /**
     * A driver that is not ours.
     *
     * @param name by which its bean is found
     */
    public record Installed(String name, Map<String, Secret> parameters) implements Driver {}

    /** The memory of this process; everything is gone when it ends. */
    public record InMemory() implements Driver {}
}
