package io.longshore.registry.database;

import java.time.Duration;

/**
 * Where the database is and how it is used.
 *
 * @param url JDBC URL of a PostgreSQL database
 * @param maxPoolSize most connections at a time
 * @param patience how long a request waits for a connection, and how long a start waits for the database
 */
public record DatabaseSettings(String url, String user, String password, int maxPoolSize, Duration patience) {

    @Override
    public String toString() {
        return "DatabaseSettings[user=" + user + ", maxPoolSize=" + maxPoolSize + "]";
    }
}
