package io.longshore.registry.launcher;

import io.longshore.registry.config.ConfigException;
import io.longshore.registry.config.ConfigLoader;
import io.longshore.registry.config.HttpConfig;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.config.TlsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What must be known before the server runs.
 *
 * @param http where to listen
 * @param tls how to serve HTTPS; empty for HTTP
 * @param idleTimeout how long a connection may carry nothing
 * @param headBytes the longest request line and headers together that the server lets through to the application
 * @param data the folder, absolute, that holds the embedded database and what the server writes
 * @param embeddedDatabase whether the registry brings its own PostgreSQL: no other is configured
 */
record LaunchSettings(
        HttpAddress http,
        Optional<TlsConfig> tls,
        Duration idleTimeout,
        int headBytes,
        Path data,
        boolean embeddedDatabase) {
    /**
     * More than the application counts: method, version, and the signs around each name and value. What the server
     * refuses gets an empty reply, so its limit is the wider one; not by much, since each connection may take so much
     * memory before anything is known of it.
     */
    private static final int HEAD_MARGIN_BYTES = 24 << 10;

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
        HttpConfig http = config.http();
        long headBytes = http.maxUriLength().bytes() + http.maxHeaderLength().bytes() + HEAD_MARGIN_BYTES;
        return new LaunchSettings(HttpAddress.of(http.addr()), http.tls(), http.idleTimeout(),
                Math.toIntExact(headBytes), config.data().toAbsolutePath().normalize(),
                config.database().url().isEmpty());
    }
}
