package io.longshore.registry.client.auth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The logins that docker, podman and their like keep in files, and in the stores that these name: whoever has logged in
 * with one of them needs not do so again. Files are read anew each time, so that a login takes effect at once.
 * Thread-safe.
 *
 * <p>Reads {@code auths}, {@code credHelpers} and {@code credsStore} of Docker's {@code config.json}, and the same of
 * {@code containers-auth.json(5)}, where entries for parts of a registry are passed over.
 */
public final class DockerConfig implements CredentialSource {
    private static final String DOCKER_HUB = "docker.io";
    private static final List<String> NAMES_OF_DOCKER_HUB = List.of(DOCKER_HUB, "index.docker.io", "registry-1.docker.io");
    /** What Docker calls its hub, in files and to stores. */
    private static final String KEY_OF_DOCKER_HUB = "https://index.docker.io/v1/";

    private final List<Path> files;
    private final Function<String, CredentialStore> helpers;

    private DockerConfig(List<Path> files, Function<String, CredentialStore> helpers) {
        this.files = List.copyOf(files);
        this.helpers = helpers;
    }

    /**
     * The files of the user that runs this program. That which {@code REGISTRY_AUTH_FILE} names is the only one; else
     * podman's come before docker's, which {@code DOCKER_CONFIG} may move.
     */
    public static DockerConfig ofUser() {
        return of(filesOfUser());
    }

    /** As {@link #ofUser()} reads them. */
    static List<Path> filesOfUser() {
        // Java takes the home from the list of users, and all others from where the environment has it.
        Path home = path(System.getenv(), "HOME").orElse(Path.of(System.getProperty("user.home")));
        return filesOfUser(System.getenv(), home);
    }

    /** These files, of which the first that knows a host counts; those that do not exist are passed over. */
    public static DockerConfig of(List<Path> files) {
        return new DockerConfig(files, CredentialStore::named);
    }

    static DockerConfig of(List<Path> files, Function<String, CredentialStore> helpers) {
        return new DockerConfig(files, helpers);
    }

    static List<Path> filesOfUser(Map<String, String> environment, Path home) {
        Optional<Path> only = path(environment, "REGISTRY_AUTH_FILE");
        if (only.isPresent()) {
            return List.of(only.get());
        }
        List<Path> files = new ArrayList<>();
        path(environment, "XDG_RUNTIME_DIR").ifPresent(folder -> files.add(folder.resolve("containers/auth.json")));
        files.add(path(environment, "XDG_CONFIG_HOME").orElse(home.resolve(".config")).resolve("containers/auth.json"));
        files.add(path(environment, "DOCKER_CONFIG").orElse(home.resolve(".docker")).resolve("config.json"));
        return files;
    }

    private static Optional<Path> path(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty()).map(Path::of);
    }

    /**
     * As {@link CredentialSource} says.
     *
     * @throws IOException also if a store that a file names cannot be asked
     */
    @Override
    public Optional<Credentials> credentials(String host) throws IOException {
        for (Path file : files) {
            if (Files.exists(file)) {
                Optional<Credentials> found = credentials(DockerConfigFile.read(file), host);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** A store for one host comes before the store for all, and that before what is in the file. */
    private Optional<Credentials> credentials(DockerConfigFile file, String host) throws IOException {
        List<String> keys = keys(host);
        for (String key : keys) {
            String helper = file.helpers().get(key);
            if (helper != null) {
                return helper(helper).credentials(key);
            }
        }
        if (file.store().isPresent()) {
            CredentialStore store = helper(file.store().get());
            for (String key : keys) {
                Optional<Credentials> found = store.credentials(key);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return keys.stream()
                .flatMap(key -> Stream.ofNullable(file.logins().get(key)))
                .findFirst();
    }

    private CredentialStore helper(String name) throws IOException {
        try {
            return helpers.apply(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("a file of logins names a store by what is no name of a program", e);
        }
    }

    /** All names that a login for the host may be kept under. */
    static List<String> keys(String host) {
        if (!NAMES_OF_DOCKER_HUB.contains(host)) {
            return List.of(host);
        }
        List<String> keys = new ArrayList<>(List.of(KEY_OF_DOCKER_HUB));
        keys.addAll(NAMES_OF_DOCKER_HUB);
        return keys;
    }
}
