package io.longshore.registry.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files of the embedded PostgreSQL: the binaries, the database cluster, its settings and the password of the role
 * {@code registry}.
 */
final class PostgresFiles {

    static final String ROLE = "registry";
    static final String DATABASE = "registry";

    private static final int PASSWORD_BYTES = 24;
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");
    private static final String SETTINGS = """
            # Written at each start. Settings of your own go to %2$s, which is read after this.
            listen_addresses = '127.0.0.1'
            port = %1$d
            unix_socket_directories = ''
            max_connections = 100
            shared_buffers = 128MB
            jit = off
            logging_collector = on
            log_directory = '../log'
            log_filename = 'postgresql-%%a.log'
            log_truncate_on_rotation = on
            log_rotation_age = 1d
            log_rotation_size = 0
            include_if_exists = '%2$s'
            """;
    private static final String ACCESS = """
            # Connections come over the loopback interface, with a password.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private final Path folder;
    private final PostgresArchive archive;
    private final Unprivileged user;

    PostgresFiles(Path folder, PostgresArchive archive, Unprivileged user) {
        this.folder = folder;
        this.archive = archive;
        this.user = user;
    }

    /** The database cluster. */
    Path data() {
        return folder.resolve("data");
    }

    /** What PostgreSQL writes until it has opened its own log. */
    Path startLog() {
        return folder.resolve("log/start.log");
    }

    /** A program of PostgreSQL. */
    String program(String name) {
        return folder.resolve(archive.version()).resolve("bin").resolve(name).toString();
    }

    /** Unpacks the binaries and makes the cluster, if that has not been done yet; no server may run on it. */
    void prepare() throws IOException {
        Files.createDirectories(folder.resolve("log"));
        unpack();
        user.letThrough(folder.toAbsolutePath().getParent());
        user.own(folder);
        if (!Files.exists(data())) {
            create();
        }
        String version = Files.readString(data().resolve("PG_VERSION")).strip();
        if (!archive.version().startsWith(version + ".")) {
            throw new StartException("the data in " + data() + " is of PostgreSQL " + version + ", and this is "
                    + archive.version() + ". Dump it with the old release of Longshore and load it with this one.");
        }
        Files.writeString(data().resolve("pg_hba.conf"), ACCESS);
    }

    /** Writes the settings for a start on the given port. */
    void configure(int port) throws IOException {
        Files.writeString(data().resolve("longshore.conf"),
                SETTINGS.formatted(port, folder.resolve("postgresql.conf").toString().replace("'", "''")));
        Files.deleteIfExists(startLog());
    }

    /**
     * The password of the role; made and set if the file that keeps it is lost or empty, for only the application has a
     * use for it. No server may run.
     */
    String password() throws IOException {
        Path file = folder.resolve("password");
        String kept = Files.exists(file) ? Files.readString(file).strip() : "";
        if (!kept.isEmpty()) {
            return kept;
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        execute(data(), "alter role " + ROLE + " login password '" + password + "'");
        Path part = folder.resolve("password.part");
        Files.deleteIfExists(part);
        Files.createFile(part, PosixFilePermissions.asFileAttribute(SECRET));
        Files.writeString(part, password + "\n");
        Folders.sync(part);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        Folders.sync(folder);
        return password;
    }

    private void unpack() throws IOException {
        Path binaries = folder.resolve(archive.version());
        if (Files.exists(binaries)) {
            return;
        }
        archive.unpack(binaries);
        try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, "[0-9]*.[0-9]*")) {
            for (Path other : others) {
                if (!other.equals(binaries)) {
                    Folders.delete(other);
                }
            }
        }
    }

    /** The cluster appears under its name when it is complete. */
    private void create() throws IOException {
        Path part = folder.resolve("data.part");
        Folders.delete(part);
        // No one can connect yet: the server is not started before the rules on access are in place.
        Command.Result result = user.command().run("", program("initdb"), "-D", part.toString(), "-U", "postgres",
                "--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8", "--data-checksums");
        if (!result.succeeded()) {
            throw new IOException("initdb failed: " + result.output());
        }
        execute(part, "create role " + ROLE + " login");
        execute(part, "create database " + DATABASE + " owner " + ROLE);
        Path settings = part.resolve("postgresql.conf");
        Files.writeString(settings, Files.readString(settings) + "include = 'longshore.conf'\n");
        // What PostgreSQL itself has written, it has synced.
        Folders.sync(settings);
        Files.writeString(part.resolve("longshore.conf"), "");
        Folders.sync(part);
        Files.move(part, data());
        Folders.sync(folder);
    }

    /** Runs a statement without a server, as the superuser, who has no password. */
    private void execute(Path cluster, String statement) throws IOException {
        Command.Result result = user.command().run(statement + "\n", program("postgres"), "--single",
                "-D", cluster.toString(), "postgres");
        if (!result.succeeded() || result.output().contains("ERROR:")) {
            // The statement, which PostgreSQL repeats, may hold a password.
            throw new IOException("PostgreSQL did not accept a statement: " + result.output().lines()
                    .filter(line -> !line.contains("STATEMENT:")).collect(Collectors.joining("\n")));
        }
    }
}
