package io.longshore.registry.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The PostgreSQL database of the metadata.
 *
 * @param url empty where none is configured; whoever starts the registry then brings a database and sets this
 * @param user never present without a URL
 * @param password never present without a URL
 * @param maxPoolSize the most connections of this node
 * @param connectTimeout how long a request waits for a connection
 */
public record DatabaseConfig(
        Optional<JdbcUrl> url,
        Optional<String> user,
        Optional<Secret> password,
        int maxPoolSize,
        Duration connectTimeout) {}
