package io.longshore.registry.it.client;

import io.longshore.registry.model.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A folder in which skopeo, podman and buildah keep everything that they otherwise keep in places that all users or
 * all runs share: images, caches, sockets, settings.
 */
final class ContainersHome {
    private final Path folder;

    private ContainersHome(Path folder) {
        this.folder = folder;
    }

    /** @param registry host and port of the registry that is reached without TLS */
    static ContainersHome create(Path folder, String registry) {
        return create(folder, registriesConf(registry), Map.of());
    }

    /**
     * One for a registry that is reached by HTTPS.
     *
     * @param registry host and port
     * @param certificates what lies in the folder of its certificates, such as {@code ca.crt}
     */
    static ContainersHome trusting(Path folder, String registry, Map<String, String> certificates) {
        Map<String, String> files = new HashMap<>();
        certificates.forEach((name, pem) -> files.put(".config/containers/certs.d/" + registry + '/' + name, pem));
        return create(folder, "", files);
    }

    private static ContainersHome create(Path folder, String registriesConf, Map<String, String> files) {
        ContainersHome home = new ContainersHome(folder);
        try {
            Files.createDirectories(home.path("tmp"));
            Files.createDirectories(home.path("run"));
            home.write(".config/containers/policy.json", "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}");
            home.write(".config/containers/registries.conf", registriesConf);
            home.write("storage.conf", home.storageConf());
            home.write("containers.conf", home.containersConf());
            for (Map.Entry<String, String> file : files.entrySet()) {
                home.write(file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return home;
    }

    InstalledClient skopeo() {
        Map<String, String> environment = new HashMap<>(environment());
        // Run by root it would note in /var/lib which repository has which layer; like this it notes it here.
        environment.put("_CONTAINERS_ROOTLESS_UID", "1000");
        return InstalledClient.find("skopeo", "skopeo", folder, environment);
    }

    InstalledClient podman() {
        return InstalledClient.find("podman", "podman", folder, environment());
    }

    InstalledClient buildah() {
        return InstalledClient.find("buildah", "buildah", folder, environment());
    }

    /** The digest that a client wrote into a file of this folder. */
    Digest digestIn(String file) {
        try {
            return Digest.parse(Files.readString(path(file)).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "HOME", folder.toString(),
                "TMPDIR", path("tmp").toString(),
                "XDG_RUNTIME_DIR", path("run").toString(),
                "XDG_DATA_HOME", path("data").toString(),
                "XDG_CONFIG_HOME", path(".config").toString(),
                "CONTAINERS_CONF", path("containers.conf").toString(),
                "CONTAINERS_STORAGE_CONF", path("storage.conf").toString());
    }

    private static String registriesConf(String registry) {
        return """
                [[registry]]
                location = "%s"
                insecure = true
                """.formatted(registry);
    }

    private String storageConf() {
        return """
                [storage]
                driver = "vfs"
                graphroot = "%1$s/graph"
                rootless_storage_path = "%1$s/graph"
                runroot = "%1$s/run/storage"
                """.formatted(folder);
    }

    private String containersConf() {
        return """
                [engine]
                cgroup_manager = "cgroupfs"
                events_logger = "none"
                tmp_dir = "%1$s/run/libpod"

                [network]
                network_config_dir = "%1$s/networks"
                """.formatted(folder);
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private void write(String name, String content) throws IOException {
        Files.createDirectories(path(name).getParent());
        Files.writeString(path(name), content);
    }
}
