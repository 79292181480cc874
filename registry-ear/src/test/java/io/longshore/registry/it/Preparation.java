package io.longshore.registry.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the first start on each data folder would do again, done once for all tests: the class-data archive of the JVM is
 * written, and PostgreSQL unpacked. That is a third of the time of such a start. {@link RunIT} unpacks it once
 * more.
 */
final class Preparation {

    private static final Path POSTGRES = Path.of("target/it/postgres").toAbsolutePath();

    static {
        try {
            if (!isDone()) {
                prepare();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Preparation() {
    }

    /** Puts what is prepared into a new data folder. */
    static void into(Path data) throws IOException {
        Path target = data.resolve("postgres");
        Files.walkFileTree(POSTGRES, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(target.resolve(POSTGRES.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path link = target.resolve(POSTGRES.relativize(file));
                if (attributes.isSymbolicLink()) {
                    Files.createSymbolicLink(link, Files.readSymbolicLink(file));
                } else {
                    Files.createLink(link, file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** An archive that is older than the classes in it is no good, and PostgreSQL may be another. */
    private static boolean isDone() throws IOException {
        List<Path> archives = find(RegistryServer.INSTALLATION.resolve("server"), "classes-*.jsa");
        if (archives.isEmpty() || !Files.exists(POSTGRES)) {
            return false;
        }
        FileTime written = Files.getLastModifiedTime(archives.get(0));
        for (Path jar : find(RegistryServer.INSTALLATION.resolve("lib"), "*.jar")) {
            if (Files.getLastModifiedTime(jar).compareTo(written) > 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Path> find(Path folder, String glob) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, glob)) {
            List<Path> paths = new ArrayList<>();
            found.forEach(paths::add);
            return paths;
        }
    }

    /** A server that is given no options for its JVM writes the archive when it stops. */
    private static void prepare() throws IOException {
        try (RegistryServer server =
                RegistryServer.unprepared(Map.of("REGISTRY_JAVA_OPTS", "", "REGISTRY_STORAGE", "inmemory"))) {
            server.stop();
            RegistryServer.delete(POSTGRES);
            Files.createDirectories(POSTGRES);
            for (Path version : find(server.data().resolve("postgres"), "[0-9]*")) {
                Files.move(version, POSTGRES.resolve(version.getFileName()));
            }
        }
    }
}
