package io.longshore.registry.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.longshore.registry.config.ConfigLoader;
import io.longshore.registry.config.DatabaseConfig;
import io.longshore.registry.config.Secret;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseAccessTest {

    private static final Map<String, String> OPERATORS = Map.of(
            "registry.database.url", "jdbc:postgresql://db.example.com/registry",
            "registry.database.user", "operator",
            "registry.database.password", "hunter2");

    private final DatabaseAccess embedded =
            new DatabaseAccess("jdbc:postgresql://127.0.0.1:4711/registry", "registry", "at random");

    @AfterEach
    void clear() {
        OPERATORS.keySet().forEach(System::clearProperty);
    }

    @Test
    void reachesTheApplicationAndIsLeftNowhere() {
        embedded.publish();

        DatabaseConfig read = ConfigLoader.loadForThisProcess().config().database();
        assertThat(read.url().orElseThrow().reveal()).isEqualTo(embedded.url());
        assertThat(read.user()).contains("registry");
        assertThat(read.password()).contains(Secret.of("at random"));

        embedded.withdrawPassword();
        assertThat(System.getProperties()).doesNotContainValue("at random");
        assertThat(embedded).asString().doesNotContain("at random");
    }

    @Test
    void ofAnOperatorInPropertiesIsLeftToTheApplicationByTheLauncher() {
        OPERATORS.forEach(System::setProperty);

        assertThat(LaunchSettings.load().embeddedDatabase()).isFalse();

        assertThat(ConfigLoader.loadForThisProcess().config().database().password()).contains(Secret.of("hunter2"));
    }
}
