package io.longshore.registry.client.archive;

import io.longshore.registry.client.copy.VerifiedStream;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What {@code docker save} writes, to copy from: manifests are made, and layers compressed, when asked for. */
final class DockerArchive implements ArchiveSource {
    private static final int LONGEST_LIST = 16 << 20;
    private static final int MOST_LAYERS = 1000;

    private final TarFile tar;
    private final List<DockerImage> images;
    private final GzipLayers layers;
    private final Map<Digest, RawManifest> manifests = new ConcurrentHashMap<>();
    private final Map<Digest, byte[]> configs = new ConcurrentHashMap<>();

    DockerArchive(TarFile tar) throws IOException {
        this.tar = tar;
        this.images = list(tar);
        this.layers = new GzipLayers(tar);
    }

    private static List<DockerImage> list(TarFile tar) throws IOException {
        if (tar.find(DockerImage.LIST).isEmpty()) {
            throw new IOException(tar + (tar.find("repositories").isPresent()
                    ? ": written by a docker before 1.10; load and save it with a newer one"
                    : ": neither what docker save writes, nor an OCI layout"));
        }
        byte[] list = tar.bytes(tar.find(DockerImage.LIST).get(), LONGEST_LIST);
        try {
            return DockerImage.parse(list);
        } catch (IOException e) {
            throw new IOException(tar + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> names() {
        return images.stream().flatMap(image -> image.names().stream()).toList();
    }

    @Override
    public RawManifest manifest(String reference) throws IOException {
        for (RawManifest manifest : manifests.values()) {
            if (manifest.digest().toString().equals(reference)) {
                return manifest;
            }
        }
        List<DockerImage> meant = images.stream().filter(image -> isMeant(image, reference)).toList();
        if (meant.size() != 1) {
            String what = meant.isEmpty() ? "nothing is called " + reference : "more than one is meant";
            throw notFound(what + "; there are " + names());
        }
        RawManifest manifest = make(meant.get(0));
        manifests.put(manifest.digest(), manifest);
        return manifest;
    }

    private static boolean isMeant(DockerImage image, String reference) {
        Optional<String> whole = WholeName.of(reference);
        return reference.isEmpty()
                || image.names().contains(reference)
                || whole.isPresent() && image.names().stream().anyMatch(name -> WholeName.of(name).equals(whole));
    }

    private RegistryException.NotFound notFound(String what) {
        return new RegistryException.NotFound(ErrorCode.MANIFEST_UNKNOWN, tar + ": " + what, "");
    }

    private RawManifest make(DockerImage image) throws IOException {
        byte[] config = tar.bytes(find(image.config()), ImageConfig.LONGEST);
        List<Digest> diffIds = ImageConfig.diffIds(config);
        if (diffIds.size() != image.layers().size() || diffIds.size() > MOST_LAYERS) {
            throw new IOException(tar + ": the image has " + image.layers().size() + " layers in the archive and "
                    + diffIds.size() + " in its configuration");
        }
        List<Descriptor> descriptors = new ArrayList<>();
        for (int i = 0; i < diffIds.size(); i++) {
            descriptors.add(layers.add(find(image.layers().get(i)), diffIds.get(i)));
        }
        Digest digest = Digest.of(DigestAlgorithm.SHA256, config);
        configs.put(digest, config);
        Descriptor described = Descriptor.of(ImageConfig.DOCKER_TYPE, digest, config.length);
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.DOCKER_MANIFEST + "\",\"config\":"
                + described.toJson() + ",\"layers\":"
                + descriptors.stream().map(Descriptor::toJson).collect(Collectors.joining(",", "[", "]}"));
        return RawManifest.of(
                MediaTypes.DOCKER_MANIFEST, DigestAlgorithm.SHA256, manifest.getBytes(StandardCharsets.UTF_8));
    }

    private TarFile.Entry find(String name) throws IOException {
        return tar.find(name)
                .orElseThrow(() -> new IOException(tar + ": is not complete: there is no " + name + " in it"));
    }

    @Override
    public RawManifest manifest(Descriptor manifest) {
        RawManifest made = manifests.get(manifest.digest());
        if (made == null) {
            throw notFound("there is no manifest " + manifest.digest());
        }
        return made;
    }

    @Override
    public InputStream blob(Descriptor blob) throws IOException {
        byte[] config = configs.get(blob.digest());
        if (config != null) {
            return new ByteArrayInputStream(config);
        }
        InputStream layer = layers.read(blob.digest())
                .orElseThrow(() -> new RegistryException.NotFound(
                        ErrorCode.BLOB_UNKNOWN, tar + ": there is no " + blob.digest(), ""));
        return new VerifiedStream(layer, blob);
    }

    /** None: there is no place for them. */
    @Override
    public List<Descriptor> referrers(Digest subject) {
        return List.of();
    }

    @Override
    public void close() throws IOException {
        layers.close();
    }
}
