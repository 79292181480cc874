package io.longshore.registry.client.copy;

import io.longshore.registry.model.Descriptor;
import io.longshore.registry.model.Digest;
import io.longshore.registry.model.RawManifest;
import io.longshore.registry.model.RegistryException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Where images and artifacts are copied from: a repository, a layout, an archive. Thread-safe.
 *
 * <p>Every method throws {@link RegistryException.NotFound} for what is not there, other {@link RegistryException}s for
 * what is refused, and {@link IOException} if it cannot be read or is not what its digest says.
 */
public interface ContentSource {
    /**
     * What is called by this name.
     *
     * @param reference a tag, a digest, or another name as the place has them
     */
    RawManifest manifest(String reference) throws IOException;

    /** A manifest that another one refers to. */
    RawManifest manifest(Descriptor manifest) throws IOException;

    /**
     * The content of a blob, to be closed by the caller. Reading it to its end fails if it is not what the digest says;
     * targets rely on that.
     */
    InputStream blob(Descriptor blob) throws IOException;

    /** What says something about this manifest; empty if nothing does, or if that cannot be found out here. */
    List<Descriptor> referrers(Digest subject) throws IOException;
}
