package io.longshore.registry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountsConfigTest {

    static Set<String> keys() {
        return Set.of("auth.users.enabled", "auth.users.administrator", "auth.tokens.maxlifetime");
    }

    private static AccountsConfig accounts(Given given) {
        return given.config().auth().logins().accounts();
    }

    @Test
    void keepsNoUsersUnlessItIsTold() {
        assertThat(accounts(Given.nothing())).isEqualTo(new AccountsConfig(false, "admin", Duration.ofDays(365)));
        assertThat(Given.nothing().config().auth().open()).isTrue();
    }

    @Test
    void takesEveryKey() {
        Given given = Given.file("auth: {users: {enabled: true, administrator: root}, tokens: {maxlifetime: 24h}}");

        assertThat(accounts(given)).isEqualTo(new AccountsConfig(true, "root", Duration.ofDays(1)));
        assertThat(given.config().auth().open()).isFalse();
        assertThat(given.warnings()).isEmpty();
    }

    @Test
    void warnsOfAnAdministratorWhoIsNotMade() {
        assertThat(Given.key("auth.users.administrator", "root").warnings()).singleElement().asString()
                .contains("has no effect unless auth.users.enabled is true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "auth.users.enabled       | yes",
        "auth.users.administrator | Root",
        "auth.users.administrator | a:b",
        "auth.users.administrator | -",
        "auth.tokens.maxlifetime  | 59s",
        "auth.tokens.maxlifetime  | 87601h",
    })
    void rejectsAndSaysWhatWouldBeRight(String key, String value) {
        assertThat(Given.key(key, value).problems()).filteredOn(problem -> !problem.contains("no effect"))
                .singleElement().asString()
                .startsWith(key + " (" + Key.variable(key) + "): expected ")
                .endsWith(", not \"" + value + "\"");
    }
}
