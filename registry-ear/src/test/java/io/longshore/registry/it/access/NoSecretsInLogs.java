package io.longshore.registry.it.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** After the tests of a class: nothing secret that any test has shown stands in what the shared server said. */
final class NoSecretsInLogs implements AfterAllCallback {

    @Override
    public void afterAll(ExtensionContext context) {
        check(AccessServer.shared());
    }

    /** The same of any server. */
    static void check(AccessServer server) {
        String said = server.said();
        assertThat(said).as("the log is the server's").contains("Longshore is ready");
        assertThat(Shown.in(said)).as("secrets in the log").isEmpty();
    }
}
