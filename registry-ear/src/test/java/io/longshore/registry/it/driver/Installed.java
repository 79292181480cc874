package io.longshore.registry.it.driver;

import io.longshore.registry.it.RegistryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A server of one's own to put something into. */
final class Installed {

    private Installed() {}

    /** Copies the built server. */
    static void copy(Path to) throws IOException {
        Path from = RegistryServer.INSTALLATION;
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
