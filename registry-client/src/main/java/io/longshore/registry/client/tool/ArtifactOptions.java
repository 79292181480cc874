package io.longshore.registry.client.tool;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is said of files that become an artifact. */
final class ArtifactOptions {
    @Option(
            names = "--artifact-type",
            paramLabel = "TYPE",
            description = "What kind of artifact it is, as a media type.")
    private Optional<String> artifactType;

    @Option(
            names = "--annotation",
            paramLabel = "KEY=VALUE",
            description = "An annotation of the artifact; may be repeated.")
    private Map<String, String> annotations = new LinkedHashMap<>();

    @Option(names = "--config", paramLabel = "FILE[:TYPE]", description = "Its config; an empty one if not said.")
    private Optional<LayerFile> config;

    Optional<String> artifactType() {
        return artifactType;
    }

    Map<String, String> annotations() {
        return annotations;
    }

    Optional<LayerFile> config() {
        return config;
    }
}
