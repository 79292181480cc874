package io.longshore.registry.client.layout;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.IndexText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** A layout to read from, wherever it is. Thread-safe. */
public interface LayoutReader {
    /** What the index has, in its order: what is called by no name, too. */
    List<Descriptor> manifests() throws IOException;

    /** What is called by this name, which is mostly a tag ({@code org.opencontainers.image.ref.name}). */
    default Optional<Descriptor> find(String name) throws IOException {
        return manifests().stream()
                .filter(manifest -> name.equals(manifest.annotations().get(IndexText.REF_NAME)))
                .findFirst();
    }

    /**
     * What is under this digest, as it is: nobody looks whether it has the digest. The caller closes it.
     *
     * @throws NoSuchFileException if there is nothing
     */
    InputStream read(Digest digest) throws IOException;
}
