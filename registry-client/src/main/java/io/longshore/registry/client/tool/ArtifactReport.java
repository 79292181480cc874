package io.longshore.registry.client.tool;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.RawManifest;
import java.util.List;

/** What is said of an artifact and its files. */
final class ArtifactReport {
    private ArtifactReport() {}

    static Fields fields(Place place, ArtifactFiles files) {
        return fields(place, files.manifest(), files.layers().stream().map(ArtifactReport::file).toList());
    }

    static Fields fields(Place place, RawManifest raw, List<Fields> files) {
        Manifest manifest = raw.parse();
        return new Fields()
                .with("name", place)
                .with("digest", raw.digest())
                .with("mediaType", raw.mediaType())
                .with("artifactType", manifest.artifactType())
                .with("subject", manifest.subject().map(Descriptor::digest))
                .with("files", files);
    }

    private static Fields file(Descriptor layer) {
        return file(layer.annotations().get(LayerFile.TITLE), layer);
    }

    static Fields file(String name, Descriptor layer) {
        return new Fields()
                .with("file", name)
                .with("digest", layer.digest())
                .with("mediaType", layer.mediaType())
                .with("sizeBytes", layer.sizeBytes());
    }

    static List<String> lines(Place place, ArtifactFiles files) {
        return List.of(files.manifest().digest() + " is in " + place + ": " + files.layers().size() + " files");
    }
}
