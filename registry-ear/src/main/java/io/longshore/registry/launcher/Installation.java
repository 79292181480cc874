package io.longshore.registry.launcher;

import java.nio.file.Path;

/**
 * The unpacked server archive. Nothing is ever written to it: it may lie on a read-only file system and serve several
 * instances.
 *
 * @param home the folder that the archive unpacks to
 */
record Installation(Path home) {

    Path modules() {
        return home.resolve("server/modules");
    }

    Path configuration() {
        return home.resolve("conf");
    }

    /** The folder with the PostgreSQL binaries, an archive for each platform. */
    Path databaseArchives() {
        return home.resolve("lib/postgres");
    }
}
