package io.longshore.registry.it.client;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * What a test needs of the machine. Where it is missing the test is skipped, or failed if the system property
 * {@code clients.required} says that this machine must have it all.
 */
final class Requirement {
    private Requirement() {}

    static void require(boolean met, String message) {
        if (met) {
            return;
        }
        if (Boolean.getBoolean("clients.required")) {
            fail(message);
        }
        abort(message);
    }

    /** Ends a test of something that only the superuser may start. */
    static void requireRoot(String what) {
        require(isRoot(), what + " runs as root only: run the tests as root to include it");
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
