package io.longshore.registry.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A Docker daemon without networks, with all that it keeps in one folder, and the client that talks to it. */
final class DockerEngine implements AutoCloseable {
    private final Daemon daemon;
    private final InstalledClient client;

    private DockerEngine(Daemon daemon, InstalledClient client) {
        this.daemon = daemon;
        this.client = client;
    }

    static DockerEngine start(Path folder) {
        Requirement.requireRoot("dockerd");
        String socket = "unix://" + folder.resolve("docker.sock");
        Map<String, String> environment = Map.of(
                "HOME", folder.toString(),
                "TMPDIR", folder.toString(),
                "DOCKER_HOST", socket,
                "DOCKER_BUILDKIT", "0",
                "DOCKER_CLI_HINTS", "false");
        InstalledClient dockerd = InstalledClient.find("dockerd", "docker.io", folder, environment);
        InstalledClient docker = InstalledClient.find("docker", "docker.io", folder, environment);
        Daemon daemon = Daemon.start(dockerd.builder(arguments(folder, socket)), docker, "version");
        return new DockerEngine(daemon, docker);
    }

    private static String[] arguments(Path folder, String socket) {
        Path settings = folder.resolve("daemon.json");
        try {
            Files.writeString(settings, "{}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String[] {
            "--config-file=" + settings,
            "--data-root=" + folder.resolve("data"),
            "--exec-root=" + folder.resolve("exec"),
            "--pidfile=" + folder.resolve("docker.pid"),
            "--host=" + socket,
            "--storage-driver=vfs",
            "--bridge=none",
            "--iptables=false",
            "--ip6tables=false"
        };
    }

    InstalledClient client() {
        return client;
    }

    @Override
    public void close() {
        daemon.close();
    }
}
