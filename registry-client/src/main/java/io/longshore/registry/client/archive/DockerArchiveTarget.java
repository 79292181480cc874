package io.longshore.registry.client.archive;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.client.archive.TarWriter.Growing;
import io.longshore.registry.client.copy.ContentSource;
import io.longshore.registry.client.copy.VerifiedStream;
import io.longshore.registry.client.http.Content;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.ErrorCode;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.Quoted;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What {@code docker load} reads, to copy to: layers without compression, named after their digests. */
final class DockerArchiveTarget implements ArchiveTarget {
    private static final Set<String> CONFIGS = Set.of(ImageConfig.DOCKER_TYPE, ImageConfig.OCI_TYPE);
    private static final Set<String> IMAGES = Set.of(MediaTypes.DOCKER_MANIFEST, MediaTypes.OCI_MANIFEST);

    private final TarWriter tar;
    private final Turns turns = new Turns();
    private final Set<Digest> manifests = ConcurrentHashMap.newKeySet();

    /** Layers as they came, and what they are without compression. */
    private final Map<Digest, Digest> layers = new ConcurrentHashMap<>();

    private final Map<Digest, List<Digest>> diffIdsOfConfigs = new ConcurrentHashMap<>();
    private final List<DockerImage> images = new ArrayList<>();

    DockerArchiveTarget(TarWriter tar) {
        this.tar = tar;
    }

    @Override
    public boolean hasBlob(Descriptor blob) {
        return layers.containsKey(blob.digest()) || diffIdsOfConfigs.containsKey(blob.digest());
    }

    @Override
    public boolean hasManifest(Descriptor manifest) {
        return manifests.contains(manifest.digest());
    }

    @Override
    public boolean mount(Descriptor blob, ContentSource source) {
        return false;
    }

    @Override
    public void putBlob(Descriptor blob, Content content) throws IOException {
        boolean isConfig = CONFIGS.contains(blob.mediaType());
        boolean isGzip = blob.mediaType().endsWith("+gzip") || blob.mediaType().endsWith(".gzip");
        if (!isConfig && !isGzip && !blob.mediaType().endsWith(".tar")) {
            throw new IOException(tar + ": a docker archive holds images with layers that are tar files, with gzip or"
                    + " without, and nothing of the type " + blob.mediaType() + "; an OCI archive does");
        }
        turns.take(() -> {
            if (hasBlob(blob)) {
                return;
            }
            if (isConfig) {
                writeConfig(blob, content);
            } else {
                writeLayer(blob, content, isGzip);
            }
        });
    }

    private void writeConfig(Descriptor blob, Content content) throws IOException {
        if (blob.sizeBytes() > ImageConfig.LONGEST) {
            throw new IOException(tar + ": the configuration of the image has " + blob.sizeBytes() + " bytes");
        }
        byte[] config;
        try (InputStream in = new VerifiedStream(content.open(), blob)) {
            config = in.readAllBytes();
        }
        List<Digest> diffIds = ImageConfig.diffIds(config);
        tar.add(configFile(blob.digest()), config);
        diffIdsOfConfigs.put(blob.digest(), diffIds);
    }

    private static String configFile(Digest digest) {
        return digest.hex().substring(0, 64) + ".json";
    }

    private void writeLayer(Descriptor blob, Content content, boolean isGzip) throws IOException {
        MessageDigest hash = DigestAlgorithm.SHA256.newMessageDigest();
        Growing entry = tar.begin("layer.tar");
        try (InputStream verified = new VerifiedStream(content.open(), blob);
                InputStream layer = new DigestInputStream(
                        isGzip ? GzipMembers.inflated(verified) : verified, hash)) {
            entry.writeAll(layer);
            // What follows the end of what is compressed counts, too.
            verified.transferTo(OutputStream.nullOutputStream());
            Digest diffId = Digest.of(DigestAlgorithm.SHA256, hash);
            if (layers.containsValue(diffId)) {
                entry.cancel();
            } else {
                entry.end(layerFile(diffId));
            }
            layers.put(blob.digest(), diffId);
        } catch (IOException | RuntimeException e) {
            entry.cancel(e);
            throw e;
        }
    }

    private static String layerFile(Digest diffId) {
        return diffId.hex() + "/layer.tar";
    }

    @Override
    public void putManifest(RawManifest manifest, List<String> names) throws IOException {
        if (!IMAGES.contains(manifest.mediaType())) {
            throw new IOException(tar + ": a docker archive holds images of one platform each, and nothing of the type "
                    + manifest.mediaType() + ": say which platform, or copy to an OCI archive");
        }
        names.forEach(DockerArchiveTarget::checkName);
        Manifest parsed = manifest.parse();
        Descriptor config = parsed.config().orElseThrow();
        List<Digest> diffIds = new ArrayList<>();
        for (Descriptor layer : parsed.layers()) {
            Digest diffId = layers.get(layer.digest());
            if (diffId == null) {
                throw new IOException(tar + ": there is no layer " + layer.digest()
                        + (layer.isLayerElsewhere() ? ", which is kept elsewhere" : ""));
            }
            diffIds.add(diffId);
        }
        if (!diffIds.equals(diffIdsOfConfigs.get(config.digest()))) {
            throw new IOException(tar + ": the layers of " + manifest.digest()
                    + " are not those that its configuration names");
        }
        List<String> files = diffIds.stream().map(DockerArchiveTarget::layerFile).toList();
        turns.take(() -> images.add(new DockerImage(configFile(config.digest()), names, files)));
        manifests.add(manifest.digest());
    }

    private static void checkName(String name) {
        ImageName image = ImageName.parse(name);
        if (image.tag().isEmpty() || image.digest().isPresent()) {
            throw new RegistryException.Invalid(
                    ErrorCode.NAME_INVALID, "in a docker archive, images are called name:tag", Quoted.of(name));
        }
    }

    @Override
    public void putChild(RawManifest manifest) throws IOException {
        throw new IOException(tar + ": a docker archive holds images of one platform each: say which platform, or copy"
                + " to an OCI archive");
    }

    @Override
    public void finish() throws IOException {
        turns.take(() -> {
            tar.add(DockerImage.LIST, DockerImage.write(images));
            tar.finish();
        });
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
