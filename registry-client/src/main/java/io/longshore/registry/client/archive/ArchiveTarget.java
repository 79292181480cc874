package io.longshore.registry.client.archive;

import io.longshore.registry.client.copy.ContentTarget;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A tar file that images are copied to. It is written from its beginning to its end: what is put at the same time waits
 * for each other. The file is there once it is finished; without that, closing it leaves nothing behind. Thread-safe.
 *
 * <pre>{@code
 * try (ArchiveTarget archive = ArchiveTarget.docker(Path.of("app.tar"))) {
 *     Copy.between(new RegistryContent(repository), archive).build().run("v1", List.of("app:v1"));
 *     archive.finish();
 * }
 * }</pre>
 */
public interface ArchiveTarget extends ContentTarget, Closeable {
    /**
     * Begins a file that {@code docker load} reads. It takes images for one platform each, no indexes or artifacts, and
     * holds layers without compression; those that are compressed with something else than gzip are refused. Names are
     * those of images with their tag, such as {@code app:v1}.
     */
    static ArchiveTarget docker(Path file) throws IOException {
        return new DockerArchiveTarget(TarWriter.create(file));
    }

    /** Begins an OCI layout in a tar file. It takes everything, as it is; names are mostly tags. */
    static ArchiveTarget oci(Path file) throws IOException {
        return new LayoutArchiveTarget(TarWriter.create(file));
    }

    /** Writes the end of the file, and puts it in its place, over what is there. Nothing is put after that. */
    void finish() throws IOException;
}
