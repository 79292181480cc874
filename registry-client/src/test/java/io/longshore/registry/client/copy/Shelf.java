package io.longshore.registry.client.copy;

import io.longshore.registry.client.layout.OciLayout;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A layout with images that are made up. */
final class Shelf {
    final OciLayout layout;
    private final Random random = new Random(7);

    Shelf(Path folder) throws IOException {
        layout = OciLayout.openOrCreate(folder);
    }

    LayoutContent content() {
        return new LayoutContent(layout);
    }

    Descriptor blob(int sizeBytes) throws IOException {
        byte[] bytes = new byte[sizeBytes];
        random.nextBytes(bytes);
        return store(MediaTypes.OCTET_STREAM, bytes);
    }

    /** An image of these layers and a config of its own. */
    Descriptor image(Descriptor... layers) throws IOException {
        return manifest(MediaTypes.OCI_MANIFEST, "\"config\":" + json(blob(50), "") + ",\"layers\":["
                + joined(Arrays.asList(layers)) + "]");
    }

    /** An artifact that says something about another manifest, and is in the index without a name. */
    Descriptor about(Descriptor subject, Descriptor... layers) throws IOException {
        Descriptor artifact = manifest(MediaTypes.OCI_MANIFEST, "\"artifactType\":\"text/sbom\",\"config\":"
                + json(blob(2), "") + ",\"layers\":[" + joined(Arrays.asList(layers)) + "],\"subject\":"
                + json(subject, ""));
        layout.add(artifact);
        return artifact;
    }

    /** An index that says something about another manifest, and is in the index of the layout without a name. */
    Descriptor indexAbout(Descriptor subject, String... entries) throws IOException {
        Descriptor index = manifest(MediaTypes.OCI_INDEX, "\"manifests\":[" + String.join(",", entries)
                + "],\"subject\":" + json(subject, ""));
        layout.add(index);
        return index;
    }

    Descriptor index(String... entries) throws IOException {
        return manifest(MediaTypes.OCI_INDEX, "\"annotations\":{\"of\":\"all\"},\"manifests\":["
                + String.join(",", entries) + "]");
    }

    static String entry(Descriptor manifest) {
        return json(manifest, "");
    }

    static String entry(Descriptor manifest, String os, String architecture) {
        return json(manifest, ",\"platform\":{\"architecture\":\"" + architecture + "\",\"os\":\"" + os + "\"}");
    }

    static String json(Descriptor it, String more) {
        return "{\"mediaType\":\"" + it.mediaType() + "\",\"digest\":\"" + it.digest() + "\",\"size\":"
                + it.sizeBytes() + more + "}";
    }

    private static String joined(List<Descriptor> layers) {
        List<String> texts = new ArrayList<>();
        layers.forEach(layer -> texts.add(json(layer, "")));
        return String.join(",", texts);
    }

    Descriptor manifest(String mediaType, String fields) throws IOException {
        String text = "{\"schemaVersion\":2,\"mediaType\":\"" + mediaType + "\"," + fields + "}";
        return store(mediaType, text.getBytes(StandardCharsets.UTF_8));
    }

    private Descriptor store(String mediaType, byte[] bytes) throws IOException {
        RawManifest raw = RawManifest.of(mediaType, DigestAlgorithm.SHA256, bytes);
        layout.write(raw.digest(), new ByteArrayInputStream(bytes));
        return raw.descriptor();
    }

    boolean has(Descriptor content) throws IOException {
        return layout.size(content.digest()).isPresent();
    }

    boolean has(Digest digest) throws IOException {
        return layout.size(digest).isPresent();
    }
}
