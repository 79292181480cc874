package io.longshore.registry.client.copy;

import io.longshore.registry.client.http.Content;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.util.List;

/**
 * Where images and artifacts are copied to. Thread-safe: what does not depend on each other is put at the same time.
 *
 * <p>Every method throws {@link RegistryException} for what is refused, and {@link IOException} if it cannot be written;
 * then nothing of it is there.
 */
public interface ContentTarget {
    boolean hasBlob(Descriptor blob) throws IOException;

    /** Whether the manifest is there. What it refers to is, too, as far as it is an image and not an index. */
    boolean hasManifest(Descriptor manifest) throws IOException;

    /**
     * Takes a blob over from where the target can reach it by itself.
     *
     * @return whether that was done; if not, it has to be put
     */
    boolean mount(Descriptor blob, ContentSource source) throws IOException;

    /** Stores a blob under its digest. */
    void putBlob(Descriptor blob, Content content) throws IOException;

    /**
     * Stores a manifest that is to be found by itself, after everything that it refers to.
     *
     * @param names that it is called by from then on; with none, it is found by its digest
     */
    void putManifest(RawManifest manifest, List<String> names) throws IOException;

    /** Stores a manifest that is found by an index, which follows. */
    default void putChild(RawManifest manifest) throws IOException {
        putManifest(manifest, List.of());
    }
}
