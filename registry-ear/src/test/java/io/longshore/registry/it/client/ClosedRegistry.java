package io.longshore.registry.it.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.longshore.registry.it.RegistryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * A built server that asks who is there: {@link #OWNER} may pull, push and delete, {@link #READER} may pull, and
 * everybody may pull what is {@link #newPublicRepository public}. One for each challenge, for all tests of this JVM, and
 * stopped with it.
 */
final class ClosedRegistry {
    static final Account OWNER = Account.of("alice");
    static final Account READER = Account.of("bob");

    private static final String PUBLIC = "public/";
    private static final Map<Challenge, ClosedRegistry> STARTED = new EnumMap<>(Challenge.class);

    private final TargetRegistry asOwner;

    /** What clients that show nothing are asked for. */
    enum Challenge {
        BEARER,
        BASIC
    }

    private ClosedRegistry(TargetRegistry asOwner) {
        this.asOwner = asOwner;
    }

    /** Ends the test if {@code registry.url} names another registry: that has not got these accounts. */
    static synchronized ClosedRegistry asking(Challenge challenge) {
        assumeTrue(System.getProperty("registry.url") == null, "needs a server of its own");
        return STARTED.computeIfAbsent(challenge, ClosedRegistry::start);
    }

    private static ClosedRegistry start(Challenge challenge) {
        try {
            Path folder = Files.createDirectories(Path.of("target/it").toAbsolutePath());
            Path users = Files.createTempFile(folder, "users-", "");
            Files.writeString(users, OWNER.line() + '\n' + READER.line() + '\n');
            RegistryServer server = RegistryServer.start(Map.of(
                    "REGISTRY_AUTH_HTPASSWD_PATH", users.toString(),
                    "REGISTRY_AUTH_CHALLENGE", challenge.name().toLowerCase(Locale.ROOT),
                    "REGISTRY_AUTH_AUTHENTICATED", "[pull]",
                    // All tests mistype the same password.
                    "REGISTRY_AUTH_THROTTLE_LONGEST", "0",
                    "REGISTRY_AUTH_RULES", """
                            [{subject: user:%s, repositories: "**", actions: [push, delete]},
                             {subject: anonymous, repositories: it/%s**, actions: [pull]}]
                            """.formatted(OWNER.name(), PUBLIC)));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, users), "stop the closed registry"));
            return new ClosedRegistry(TargetRegistry.at(server.uri(), OWNER));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(RegistryServer server, Path users) {
        server.close();
        try {
            Files.delete(users);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same registry, set up and looked at with the account of {@link #OWNER}. */
    TargetRegistry asOwner() {
        return asOwner;
    }

    String authority() {
        return asOwner.authority();
    }

    /** The name of a repository that nothing else uses, and that only those who log in may see. */
    String newRepository(String hint) {
        return asOwner.newRepository(hint);
    }

    /** The same, of one that everybody may pull from. */
    String newPublicRepository(String hint) {
        return asOwner.newRepository(PUBLIC + hint);
    }

    String image(String repository, Object reference) {
        return asOwner.image(repository, reference);
    }
}
