package io.longshore.registry.client.tool;

import io.longshore.registry.client.layout.OciLayout;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An OCI layout in a folder that the tests put images into. */
final class TestLayout {
    static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";

    private final OciLayout layout;
    private final Path folder;

    TestLayout(Path folder) {
        this.folder = folder;
        try {
            layout = OciLayout.openOrCreate(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How the tool is told of it. */
    String place(String name) {
        return "oci:" + folder + ":" + name;
    }

    OciLayout layout() {
        return layout;
    }

    /** A layer of so many bytes, the same for the same seed. */
    Descriptor layer(int seed, int bytes) {
        byte[] content = new byte[bytes];
        new Random(seed).nextBytes(content);
        return put(LAYER, content);
    }

    /** @param config the object of this name in the config of the image */
    Descriptor image(String architecture, String config, Descriptor... layers) {
        Descriptor blob = put(CONFIG, ("{\"os\":\"linux\",\"architecture\":\"" + architecture
                + "\",\"created\":\"2020-01-01T00:00:00Z\",\"config\":" + config + "}"));
        return put(MediaTypes.OCI_MANIFEST, "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
                + "\",\"config\":" + blob.toJson() + ",\"layers\":" + list(List.of(layers)) + "}");
    }

    /** An index of images for these platforms, each of which is written {@code os/architecture}. */
    Descriptor index(List<String> platforms, Descriptor... images) {
        String children = IntStream.range(0, images.length)
                .mapToObj(i -> {
                    String[] platform = platforms.get(i).split("/");
                    return images[i].toJson().replaceAll("}$", ",\"platform\":{\"os\":\"" + platform[0]
                            + "\",\"architecture\":\"" + platform[1] + "\"}}");
                })
                .collect(Collectors.joining(",", "[", "]"));
        return put(MediaTypes.OCI_INDEX, "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                + "\",\"manifests\":" + children + ",\"annotations\":{\"by\":\"a test\"}}");
    }

    TestLayout named(String name, Descriptor manifest) {
        try {
            layout.add(manifest, name);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Descriptor put(String mediaType, String content) {
        return put(mediaType, content.getBytes(StandardCharsets.UTF_8));
    }

    Descriptor put(String mediaType, byte[] content) {
        Digest digest = Digest.of(DigestAlgorithm.SHA256, content);
        try {
            layout.write(digest, new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Descriptor.of(mediaType, digest, content.length);
    }

    private static String list(List<Descriptor> descriptors) {
        return descriptors.stream().map(Descriptor::toJson).collect(Collectors.joining(",", "[", "]"));
    }

    byte[] read(Digest digest) {
        try (var in = layout.read(digest)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

}
