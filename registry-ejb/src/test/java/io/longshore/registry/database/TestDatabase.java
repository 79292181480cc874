package io.longshore.registry.database;

import io.longshore.registry.config.DatabaseConfig;
import io.longshore.registry.config.JdbcUrl;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.upload.UploadEntities;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, one for the test run, with a database of its own for each test that asks. */
public final class TestDatabase implements AutoCloseable {
    /** Of each pool. */
    static final int POOL_SIZE = 10;
    private static final Path FOLDER = Path.of("target/postgres");
    private static final Path LOG = FOLDER.resolve("server.log");
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static EmbeddedPostgres server;

    private final String name;
    private final Database database;

    private TestDatabase(String name, Database database) {
        this.name = name;
        this.database = database;
    }

    /** A migrated, empty database. The caller closes it. */
    public static TestDatabase fresh() {
        TestDatabase fresh = copyOf(Migrated.TEMPLATE);
        return new TestDatabase(fresh.name, fresh.start());
    }

    private static TestDatabase copyOf(String template) {
        String name = "test" + COUNT.incrementAndGet();
        run("postgres", "create database " + name + " template " + template);
        return new TestDatabase(name, null);
    }

    /** Migrations take longer than copying what they made. */
    private static final class Migrated {
        private static final String TEMPLATE;

        static {
            TestDatabase first = unmigrated();
            first.start().close();
            TEMPLATE = first.name;
        }
    }

    /** A database without any tables, and without a pool. The caller closes it. */
    static TestDatabase unmigrated() {
        return copyOf("template1");
    }

    /** What a node does first. The caller closes it. */
    public Database start() {
        return open(name, port(), Duration.ofSeconds(10));
    }

    private static Database open(String name, int port, Duration patience) {
        DatabaseConfig config = new DatabaseConfig(
                Optional.of(JdbcUrl.parse("jdbc:postgresql://127.0.0.1:" + port + "/" + name)),
                Optional.of("postgres"),
                Optional.empty(),
                POOL_SIZE,
                patience);
        return DatabaseStart.open(config, UploadEntities.ALL);
    }

    /** Has the plan of every statement logged, as executed from now on over a pool that is opened from now on. */
    public PlanLog logPlans() {
        for (String setting : List.of(
                "session_preload_libraries = auto_explain",
                "auto_explain.log_min_duration = 0",
                "auto_explain.log_analyze = on",
                "auto_explain.log_nested_statements = on")) {
            run("alter database " + name + " set " + setting);
        }
        return new PlanLog(LOG);
    }

    /** Where the server listens. */
    public static int port() {
        return server().getPort();
    }

    /** This database as another node sees it: over a pool of its own, which gives up soon. The caller closes it. */
    public Database over(FaultyLine line) {
        // Each request shows its SQL, for the line to know it by.
        return open(name + "?prepareThreshold=0", line.port(), Duration.ofSeconds(1));
    }

    /** As {@link #over}, but it does not wait long for an answer either. */
    Database impatientlyOver(FaultyLine line) {
        return open(name + "?socketTimeout=1&connectTimeout=1", line.port(), Duration.ofSeconds(1));
    }

    /**
     * Uses up the connections that a pool does not know to be broken: those that were used a moment before the line was
     * cut. There are no more of them than a pool is large.
     */
    public static void useUpBroken(Database database) {
        for (int i = 0; i < POOL_SIZE; i++) {
            try {
                database.statement(tx -> tx.connection().createStatement().execute("select"));
            } catch (RegistryException.Unavailable broken) {
                // and now it is known
            }
        }
    }

    public Database database() {
        return database;
    }

    /** Runs SQL as an administrator would. */
    public void run(String sql) {
        run(name, sql);
    }

    /** The first column of a query's rows, as text. */
    public List<String> column(String sql) {
        try (Connection connection = server().getDatabase("postgres", name).getConnection();
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

    /** Returns once a statement of another connection waits for a lock. */
    public void awaitBlocked() {
        long patience = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (column("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                .isEmpty()) {
            if (System.nanoTime() > patience) {
                throw new IllegalStateException("nothing waits for a lock");
            }
        }
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
        run("postgres", "drop database " + name + " with (force)");
    }

    private static void run(String database, String sql) {
        try (Connection connection = server().getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null) {
            try {
                Files.createDirectories(FOLDER);
                server = EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(FOLDER.toFile())
                        .setOutputRedirector(ProcessBuilder.Redirect.to(LOG.toFile()))
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::stop));
        }
        return server;
    }

    private static synchronized void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
