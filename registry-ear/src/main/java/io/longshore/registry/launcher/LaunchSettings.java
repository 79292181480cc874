package io.longshore.registry.launcher;

import java.nio.file.Path;
import java.util.Map;

/**
 * What must be known before the server runs.
 *
 * @param http where to listen
 * @param data the folder, absolute, that holds the embedded database and what the server writes
 * @param embeddedDatabase whether the registry brings its own PostgreSQL: no other is configured
 */
record LaunchSettings(HttpAddress http, Path data, boolean embeddedDatabase) {

    /**
     * Reads the settings from environment variables.
     *
     * @param folder the working folder, against which relative paths are taken
     * @throws StartException if a value is not valid
     */
    static LaunchSettings from(Map<String, String> environment, Path folder) {
        HttpAddress http = HttpAddress.parse(environment.getOrDefault("REGISTRY_HTTP_ADDR", "127.0.0.1:5000"));
        Path data = folder.resolve(environment.getOrDefault("REGISTRY_DATA", "registry-data"));
        boolean embedded = environment.getOrDefault("REGISTRY_DATABASE_URL", "").isBlank();
        return new LaunchSettings(http, data.toAbsolutePath().normalize(), embedded);
    }
}
