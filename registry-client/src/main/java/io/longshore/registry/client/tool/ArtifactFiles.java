package io.longshore.registry.client.tool;

import com.fasterxml.jackson.jr.ob.JSON;
import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Files as one artifact that can be copied, as ORAS makes them: each is a layer with its name in an annotation. The
 * same files have the same digest each time. Thread-safe.
 *
 * <p>OCI image-spec, "Guidelines for Artifact Usage".
 */
final class ArtifactFiles implements ContentSource {
    private static final String USUAL_LAYER = "application/octet-stream";
    private static final String USUAL_CONFIG = "application/json";
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.UTF_8);

    private final RawManifest manifest;
    private final Map<Digest, LayerFile> files;
    private final List<Descriptor> layers;

    private ArtifactFiles(RawManifest manifest, Map<Digest, LayerFile> files, List<Descriptor> layers) {
        this.manifest = manifest;
        this.files = files;
        this.layers = layers;
    }

    /**
     * Reads the files to say what they are.
     *
     * @param subject what they say something about
     * @throws UsageException if two would have the same name
     */
    static ArtifactFiles of(List<LayerFile> files, ArtifactOptions options, Optional<Descriptor> subject)
            throws IOException {
        Map<Digest, LayerFile> byDigest = new HashMap<>();
        Map<String, Descriptor> layers = new LinkedHashMap<>();
        for (LayerFile file : files) {
            Descriptor layer = file.describe(USUAL_LAYER, true);
            byDigest.put(layer.digest(), file);
            if (layers.put(file.title(), layer) != null) {
                throw new UsageException("two files would be called " + file.title() + " when they are pulled");
            }
        }
        Descriptor config = Descriptor.of(
                MediaTypes.OCI_EMPTY, Digest.of(DigestAlgorithm.SHA256, EMPTY), EMPTY.length);
        if (options.config().isPresent()) {
            config = options.config().get().describe(USUAL_CONFIG, false);
            byDigest.put(config.digest(), options.config().get());
        }
        List<Descriptor> list = List.copyOf(layers.values());
        return new ArtifactFiles(manifest(options, config, list, subject), byDigest, list);
    }

    private static RawManifest manifest(
            ArtifactOptions options, Descriptor config, List<Descriptor> layers, Optional<Descriptor> subject)
            throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schemaVersion", 2);
        fields.put("mediaType", MediaTypes.OCI_MANIFEST);
        options.artifactType().ifPresent(type -> fields.put("artifactType", type));
        fields.put("config", json(config));
        List<Object> list = new ArrayList<>();
        for (Descriptor layer : layers) {
            list.add(json(layer));
        }
        fields.put("layers", list);
        if (subject.isPresent()) {
            Descriptor it = subject.get();
            fields.put("subject", json(Descriptor.of(it.mediaType(), it.digest(), it.sizeBytes())));
        }
        if (!options.annotations().isEmpty()) {
            fields.put("annotations", options.annotations());
        }
        return RawManifest.of(MediaTypes.OCI_MANIFEST, DigestAlgorithm.SHA256, JSON.std.asBytes(fields));
    }

    private static Map<String, Object> json(Descriptor descriptor) throws IOException {
        return JSON.std.mapFrom(descriptor.toJson());
    }

    RawManifest manifest() {
        return manifest;
    }

    /** In the order of the files. */
    List<Descriptor> layers() {
        return layers;
    }

    @Override
    public RawManifest manifest(String reference) {
        return manifest;
    }

    @Override
    public RawManifest manifest(Descriptor other) {
        throw new RegistryException.NotFound(ErrorCode.MANIFEST_UNKNOWN, "files refer to no manifests", "");
    }

    @Override
    public InputStream blob(Descriptor blob) throws IOException {
        LayerFile file = files.get(blob.digest());
        return file == null ? new ByteArrayInputStream(EMPTY) : file.open(blob);
    }

    @Override
    public List<Descriptor> referrers(Digest subject) {
        return List.of();
    }
}
