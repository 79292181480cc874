package io.longshore.registry.it.admin;

import io.longshore.registry.it.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * A server that keeps users, one for all tests of this package. It remembers no logins and slows none down, so that
 * each request is judged by what the database says. Prints the end of its log when a test fails.
 */
public final class AdminServer implements TestWatcher {

    static RegistryServer shared() {
        return Shared.SERVER;
    }

    /** The API as the first administrator sees it, by the password that the server has left. */
    static Api byPassword() {
        return new Api(shared(), "admin", initialPassword(shared()));
    }

    /** The same as an administrator sees it whose login takes no time: a robot. */
    static Api administrator() {
        return Shared.ADMINISTRATOR;
    }

    static String initialPassword(RegistryServer server) {
        try {
            return Files.readString(server.data().resolve("initial-admin-password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        System.err.println(context.getDisplayName() + " failed; the log of the server ends with\n" + shared().log());
    }

    /** Started by the first test that asks for it. */
    private static final class Shared {
        private static final RegistryServer SERVER = RegistryServer.start(Map.of(
                "REGISTRY_AUTH_USERS_ENABLED", "true",
                "REGISTRY_AUTH_AUTHENTICATED", "none",
                "REGISTRY_AUTH_CACHE_TTL", "0",
                "REGISTRY_AUTH_THROTTLE_LONGEST", "0"));
        private static final Api ADMINISTRATOR;

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "stop the server of the admin tests"));
            String secret = new Api(SERVER, "admin", initialPassword(SERVER))
                    .post("/robots", """
                            {"name": "root", "scopes": [{"repositories": "**", "actions": ["admin"]}]}""")
                    .expect(201)
                    .json()
                    .path("secret")
                    .textValue();
            ADMINISTRATOR = new Api(SERVER, "root", secret);
        }
    }
}
