package io.longshore.registry.it.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A containerd on a socket of its own, with all that it keeps in one folder, and the client that talks to it. */
final class Containerd implements AutoCloseable {
    private final Daemon daemon;
    private final InstalledClient client;

    private Containerd(Daemon daemon, InstalledClient client) {
        this.daemon = daemon;
        this.client = client;
    }

    static Containerd start(Path folder) {
        Requirement.requireRoot("containerd");
        // The native snapshotter works on every file system, also on one that is an overlay itself.
        Map<String, String> environment = Map.of(
                "HOME", folder.toString(),
                "TMPDIR", folder.toString(),
                "CONTAINERD_ADDRESS", folder.resolve("containerd.sock").toString(),
                "CONTAINERD_SNAPSHOTTER", "native");
        InstalledClient containerd = InstalledClient.find("containerd", "containerd", folder, environment);
        InstalledClient ctr = InstalledClient.find("ctr", "containerd", folder, environment);
        Path settings = writeSettings(folder);
        Daemon daemon = Daemon.start(containerd.builder("--config", settings.toString()), ctr, "version");
        return new Containerd(daemon, ctr);
    }

    private static Path writeSettings(Path folder) {
        try {
            return Files.writeString(
                    folder.resolve("config.toml"),
                    """
                    version = 2
                    root = "%1$s/root"
                    state = "%1$s/state"
                    disabled_plugins = ["io.containerd.grpc.v1.cri"]

                    [grpc]
                      address = "%1$s/containerd.sock"

                    [plugins."io.containerd.internal.v1.opt"]
                      path = "%1$s/opt"
                    """.formatted(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    InstalledClient client() {
        return client;
    }

    @Override
    public void close() {
        daemon.close();
    }
}
