package io.longshore.registry.client.archive;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.DigestAlgorithm;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RawManifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** An image that is made up: layers of noise, and a config that names them. */
record SampleImage(List<byte[]> layers, byte[] config) {
    static final String GZIP = "application/vnd.oci.image.layer.v1.tar+gzip";

    /** The same bytes each time. */
    static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    static SampleImage of(byte[]... layers) {
        String diffIds = Stream.of(layers)
                .map(layer -> '"' + digest(layer).toString() + '"')
                .collect(Collectors.joining(",", "[", "]"));
        return new SampleImage(List.of(layers), utf8("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":"
                + "{\"type\":\"layers\",\"diff_ids\":" + diffIds + "},\"history\":[{\"rootfs\":1}]}"));
    }

    static Digest digest(byte[] content) {
        return Digest.of(DigestAlgorithm.SHA256, content);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Compressed with gzip in two members, the first of which ends just after a buffer of 64 KiB. */
    static byte[] twoMembers() {
        int length = 65_400;
        while (gzip(random(length)).length < (64 << 10) + 4) {
            length++;
        }
        byte[] first = gzip(random(length));
        byte[] second = gzip(random(1000));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** What is in both of them. */
    static byte[] inflated(byte[] twoMembers) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(twoMembers), 1 << 20)) {
            return in.readAllBytes();
        }
    }

    /** A layer as others write it: one file in a tar file. */
    static byte[] layer(Path folder, String name, int sizeBytes) throws IOException {
        Path file = Files.createTempFile(folder, "layer", ".tar");
        return Files.readAllBytes(new TestTar(file).file(name, random(sizeBytes)).written());
    }

    Descriptor configDescriptor() {
        return Descriptor.of(ImageConfig.OCI_TYPE, digest(config), config.length);
    }

    static Descriptor descriptor(String mediaType, byte[] content) {
        return Descriptor.of(mediaType, digest(content), content.length);
    }

    /** With layers that are compressed with gzip. */
    RawManifest manifest() {
        return manifest(layers.stream().map(layer -> descriptor(GZIP, gzip(layer))).toList());
    }

    RawManifest manifest(List<Descriptor> described) {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + configDescriptor().toJson() + ",\"layers\":"
                + described.stream().map(Descriptor::toJson).collect(Collectors.joining(",", "[", "]}"));
        return RawManifest.of(MediaTypes.OCI_MANIFEST, DigestAlgorithm.SHA256, utf8(json));
    }
}
