package io.longshore.registry.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.longshore.registry.config.DatabaseConfig;
import io.longshore.registry.config.Secret;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SchemaToolingSettings;
import org.hibernate.cfg.ValidationSettings;

/**
 * Brings the database into use: pool, migrations, then mapping, which is validated against what the migrations made.
 */
public final class DatabaseStart {
    /**
     * A statement that takes longer is one whose connection was cut without a word. For the database, so is a transaction
     * without a statement for as long: it must not keep the rows that a node had locked when it lost its power.
     */
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(1);

    private static final System.Logger LOG = System.getLogger(DatabaseStart.class.getName());
    private DatabaseStart() {}

    /**
     * Opens the database and brings its schema to this version, before any work can run. Several nodes may do so at the
     * same time. The caller closes what is returned.
     *
     * @param entities the mapped classes
     * @throws RuntimeException if the database cannot be reached in time, cannot be migrated, or does not fit the
     *     mapping
     */
    public static Database open(DatabaseConfig config, List<Class<?>> entities) {
        HikariDataSource pool = connected(poolOf(config));
        try {
            migrate(pool);
            return new Database(pool, sessionsOf(pool, entities));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** A database that says that it is still starting, as after a crash, is waited for; any other failure is one. */
    private static HikariDataSource connected(HikariConfig config) {
        while (true) {
            try {
                return new HikariDataSource(config);
            } catch (HikariPool.PoolInitializationException e) {
                if (!(e.getCause() instanceof SQLException cause && SqlStates.isStarting(cause))) {
                    throw new IllegalStateException(
                            "the database cannot be used: " + e.getCause().getMessage()
                                    + "\nCheck REGISTRY_DATABASE_URL, REGISTRY_DATABASE_USER and"
                                    + " REGISTRY_DATABASE_PASSWORD.");
                }
                LOG.log(System.Logger.Level.WARNING, "the database is still starting, waiting for it");
            }
        }
    }

    private static HikariConfig poolOf(DatabaseConfig database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("registry");
        config.setJdbcUrl(database.url().orElseThrow(DatabaseStart::notConfigured).reveal());
        database.user().ifPresent(config::setUsername);
        database.password().map(Secret::reveal).ifPresent(config::setPassword);
        config.setMaximumPoolSize(database.maxPoolSize());
        config.setMinimumIdle(Math.min(2, database.maxPoolSize()));
        config.setConnectionTimeout(database.connectTimeout().toMillis());
        config.setInitializationFailTimeout(database.connectTimeout().toMillis());
        config.setConnectionInitSql(
                "set idle_in_transaction_session_timeout = '" + LONGEST_STATEMENT.toSeconds() + "s'");
        config.addDataSourceProperty("ApplicationName", "longshore");
        config.addDataSourceProperty("prepareThreshold", "2");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", Long.toString(LONGEST_STATEMENT.toSeconds()));
        return config;
    }

    private static IllegalStateException notConfigured() {
        return new IllegalStateException("no database is configured: set database.url (REGISTRY_DATABASE_URL)");
    }

    /** On a connection of its own, since a migration may take longer than any statement of the registry. */
    private static void migrate(HikariDataSource pool) {
        Flyway.configure(DatabaseStart.class.getClassLoader())
                .dataSource(pool.getJdbcUrl(), pool.getUsername(), pool.getPassword())
                .locations("classpath:db/migrations")
                .load()
                .migrate();
    }

    private static SessionFactory sessionsOf(HikariDataSource pool, List<Class<?>> entities) {
        Configuration configuration = new Configuration();
        entities.forEach(configuration::addAnnotatedClass);
        configuration.getProperties().put(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, pool);
        configuration.setProperty(SchemaToolingSettings.HBM2DDL_AUTO, "validate");
        configuration.setProperty(ValidationSettings.JAKARTA_VALIDATION_MODE, "none");
        return configuration.buildSessionFactory();
    }
}
