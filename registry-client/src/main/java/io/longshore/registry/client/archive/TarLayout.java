package io.longshore.registry.client.archive;

import io.longshore.registry.client.layout.LayoutMark;
import io.longshore.registry.client.layout.LayoutReader;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.IndexText;
import io.longshore.registry.model.Manifest;
import io.longshore.registry.model.MediaTypes;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** An OCI layout in a tar file, its index read once. Thread-safe. */
final class TarLayout implements LayoutReader {
    static final String INDEX = "index.json";

    /** Whole names of images; {@link IndexText#REF_NAME} has the tag only where docker and containerd write both. */
    private static final String IMAGE_NAME = "io.containerd.image.name";

    private static final int LONGEST_MARK = 1 << 16;
    private static final int LONGEST_INDEX = 16 << 20;

    private final TarFile tar;
    private final List<Descriptor> manifests;

    TarLayout(TarFile tar) throws IOException {
        this.tar = tar;
        if (!LayoutMark.isKnown(new String(bytes(LayoutMark.FILE, LONGEST_MARK), StandardCharsets.UTF_8))) {
            throw new IOException(tar + ": not an OCI layout of version 1.0.0");
        }
        try {
            this.manifests = Manifest.parse(bytes(INDEX, LONGEST_INDEX), MediaTypes.OCI_INDEX).manifests();
        } catch (RegistryException.Invalid e) {
            throw new IOException(tar + ": the index of the OCI layout cannot be read: " + e.getMessage(), e);
        }
    }

    static boolean isIn(TarFile tar) throws IOException {
        return tar.find(LayoutMark.FILE).isPresent() && tar.find(INDEX).isPresent();
    }

    private byte[] bytes(String name, int limitBytes) throws IOException {
        TarFile.Entry entry = tar.find(name)
                .orElseThrow(() -> new IOException(tar + ": no OCI layout: there is no " + name + " in it"));
        return tar.bytes(entry, limitBytes);
    }

    @Override
    public List<Descriptor> manifests() {
        return manifests;
    }

    List<String> names() {
        return manifests.stream().flatMap(manifest -> names(manifest).limit(1)).distinct().toList();
    }

    private static Stream<String> names(Descriptor manifest) {
        return Stream.of(manifest.annotations().get(IMAGE_NAME), manifest.annotations().get(IndexText.REF_NAME))
                .filter(Objects::nonNull);
    }

    /** Also what is called by the whole name of an image, however that is written. */
    @Override
    public Optional<Descriptor> find(String name) {
        return first(name).or(() -> WholeName.of(name).flatMap(this::first));
    }

    private Optional<Descriptor> first(String name) {
        return manifests.stream().filter(manifest -> names(manifest).anyMatch(name::equals)).findFirst();
    }

    @Override
    public InputStream read(Digest digest) throws IOException {
        String path = path(digest);
        return tar.read(tar.find(path).orElseThrow(() -> new NoSuchFileException(tar + ": " + path)));
    }

    static String path(Digest digest) {
        return "blobs/" + digest.algorithm().id() + '/' + digest.hex();
    }

    /** For messages: the file. */
    @Override
    public String toString() {
        return tar.toString();
    }
}
