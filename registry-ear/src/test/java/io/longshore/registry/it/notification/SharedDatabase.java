package io.longshore.registry.it.notification;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A PostgreSQL beside the servers under test, with a database for those that share one. Thread-safe. */
public final class SharedDatabase implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    public SharedDatabase() {
        try {
            postgres = EmbeddedPostgres.builder().setOverrideWorkingDirectory(new File("target/postgres")).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The variables of a server that keeps its metadata in this database, which is made if need be. */
    public Map<String, String> variables(String database) {
        if (column("postgres", "select 1 from pg_database where datname = '" + database + "'").isEmpty()) {
            run("postgres", "create database " + database);
        }
        return new HashMap<>(Map.of(
                "REGISTRY_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + '/' + database,
                "REGISTRY_DATABASE_USER", "postgres",
                "REGISTRY_DATABASE_PASSWORD", "postgres"));
    }

    /** The first column of a query's rows, as text. */
    public List<String> column(String database, String sql) {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            ResultSet rows = statement.executeQuery(sql);
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public long number(String database, String sql) {
        return Long.parseLong(column(database, sql).get(0));
    }

    public void run(String database, String sql) {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
