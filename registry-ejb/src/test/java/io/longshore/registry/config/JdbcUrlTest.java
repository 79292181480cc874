package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "jdbc:postgresql://localhost:5432/registry",
        "jdbc:postgresql://one:5432,two:5432/registry?targetServerType=primary",
        "jdbc:postgresql://[::1]/registry",
        "jdbc:postgresql:///registry",
        "jdbc:postgresql:registry",
        "jdbc:postgresql://localhost/registry?user=a@b&password=hunter2"
    })
    void keepsUrlAsItIs(String url) {
        assertThat(JdbcUrl.parse(url).reveal()).isEqualTo(url);
        assertThat(JdbcUrl.parse(url)).isEqualTo(JdbcUrl.parse(url)).hasSameHashCodeAs(JdbcUrl.parse(url));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "postgresql://localhost/registry", "jdbc:postgresql:", "jdbc:postgresql://me:hunter2@localhost/registry",
        "jdbc:mysql://localhost/registry", "JDBC:postgresql:registry", "jdbc:postgresql://local host/registry",
        "jdbc:postgresql://localhost/registry\n"
    })
    void refusesOthersWithoutShowingThem(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> JdbcUrl.parse(url))
                .withMessage("expected jdbc:postgresql://host:port/database, with user and password in database.user"
                        + " and database.password");
    }

    @Test
    void printsNoParameters() {
        assertThat(JdbcUrl.parse("jdbc:postgresql://localhost/registry?user=me&password=hunter2"))
                .hasToString("jdbc:postgresql://localhost/registry?***");
        assertThat(JdbcUrl.parse("jdbc:postgresql:registry")).hasToString("jdbc:postgresql:registry");
    }
}
