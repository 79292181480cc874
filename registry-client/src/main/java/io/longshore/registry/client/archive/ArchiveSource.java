package io.longshore.registry.client.archive;

import io.longshore.registry.client.copy.ContentSource;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Images in a tar file, to copy from. Names are those in the file; the empty name is what is alone in it. Closing it
 * removes what had to be kept aside. Thread-safe.
 *
 * <pre>{@code
 * try (ArchiveSource archive = ArchiveSource.open(Path.of("app.tar"))) {
 *     Copy.between(archive, new RegistryContent(repository)).build().run("app:v1", List.of("v1"));
 * }
 * }</pre>
 */
public interface ArchiveSource extends ContentSource, Closeable {
    /**
     * Opens an archive of either kind. One that is both, as {@code docker save} writes it since version 25, is taken
     * for a layout: there, all digests are what they were.
     *
     * @throws IOException if it is neither, is compressed as a whole, cut off, or made to do harm
     */
    static ArchiveSource open(Path file) throws IOException {
        TarFile tar = TarFile.open(file);
        if (TarLayout.isIn(tar)) {
            return new LayoutArchive(tar);
        }
        return new DockerArchive(tar);
    }

    /**
     * Opens what {@code docker save} writes, by its {@code manifest.json}. Layers are in there without compression, and
     * manifests not at all: those are made, in Docker's format, and layers compressed with gzip, as {@code docker push}
     * does. Their digests depend on the version of Java.
     *
     * @throws IOException as {@link #open}
     */
    static ArchiveSource docker(Path file) throws IOException {
        return new DockerArchive(TarFile.open(file));
    }

    /**
     * Opens an OCI layout in a tar file.
     *
     * @throws IOException as {@link #open}
     */
    static ArchiveSource oci(Path file) throws IOException {
        return new LayoutArchive(TarFile.open(file));
    }

    /** What images are called here, in the order of the archive; not those that have no name. */
    List<String> names() throws IOException;
}
