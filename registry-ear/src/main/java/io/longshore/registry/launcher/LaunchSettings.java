package io.longshore.registry.launcher;

import io.longshore.registry.config.ConfigException;
import io.longshore.registry.config.ConfigLoader;
import io.longshore.registry.config.RegistryConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What must be known before the server runs.
 *
 * @param http where to listen
 * @param idleTimeout how long a connection may carry nothing
 * @param data the folder, absolute, that holds the embedded database and what the server writes
 * @param embeddedDatabase whether the registry brings its own PostgreSQL: no other is configured
 */
record LaunchSettings(HttpAddress http, Duration idleTimeout, Path data, boolean embeddedDatabase) {

    /**
     * Reads the whole configuration, as the application will, so that what is wrong with it is said at once.
     *
     * @throws StartException with everything that is wrong
     */
    static LaunchSettings load() {
        try {
            return from(ConfigLoader.loadForThisProcess().config());
        } catch (ConfigException e) {
            throw new StartException("the configuration has errors\n" + e.getMessage(), e);
        }
    }

    static LaunchSettings from(RegistryConfig config) {
        return new LaunchSettings(HttpAddress.of(config.http().addr()), config.http().idleTimeout(),
                config.data().toAbsolutePath().normalize(), config.database().url().isEmpty());
    }
}
