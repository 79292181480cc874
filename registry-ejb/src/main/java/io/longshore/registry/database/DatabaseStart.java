package io.longshore.registry.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.longshore.registry.config.DatabaseConfig;
import io.longshore.registry.config.Secret;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.SchemaToolingSettings;
import org.hibernate.cfg.ValidationSettings;

/** Brings the database into use: pool, migrations, then mapping, which is validated against what the migrations made. */
public final class DatabaseStart {
    private DatabaseStart() {}

    /**
     * Opens the database and brings its schema to this version, before any work can run. Several nodes may do so at the
     * same time. The caller closes what is returned.
     *
     * @param entities the mapped classes
     * @throws RuntimeException if the database cannot be reached in time, cannot be migrated, or does not fit the mapping
     */
    public static Database open(DatabaseConfig config, List<Class<?>> entities) {
        HikariDataSource pool = new HikariDataSource(poolOf(config));
        try {
            migrate(pool);
            return new Database(pool, sessionsOf(pool, entities));
        } catch (RuntimeException e) {
            pool.close();
            throw e;
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
        config.addDataSourceProperty("ApplicationName", "longshore");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("prepareThreshold", "2");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        return config;
    }

    private static IllegalStateException notConfigured() {
        return new IllegalStateException("no database is configured: set database.url (REGISTRY_DATABASE_URL)");
    }

    private static void migrate(HikariDataSource pool) {
        Flyway.configure(DatabaseStart.class.getClassLoader())
                .dataSource(pool)
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
