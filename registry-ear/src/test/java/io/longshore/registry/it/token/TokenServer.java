package io.longshore.registry.it.token;

import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A server that gives out tokens: alice may push to {@code team/**}, everybody pull from {@code public/**}, bob do
 * everything. Nothing of a login is remembered. One for all tests of this JVM, and stopped with it.
 */
final class TokenServer {
    static final String SERVICE = "registry.example.com";
    static final String ALICES_PASSWORD = "secret & sound";
    static final String BOBS_PASSWORD = "hunter2";

    /** Both with bcrypt at its cheapest, of the passwords above. */
    private static final String ALICE = "alice:$2y$04$sSH8zbDbvhVcJXuZAA5Xfew8PsZBZWpgWkTO/DRqo538Rb.a3YaAm";
    private static final String BOB = "bob:$2y$04$wW6CXUbopTRhye/NOD9Fg.K20rQirvv72JhEXLOih2UfrkFsfyRSC";

    private static final Pattern CHALLENGE = Pattern.compile("Bearer realm=\"([^\"]+)\",service=\"([^\"]+)\""
            + "(?:,scope=\"([^\"]*)\")?(?:,error=\"([^\"]*)\")?");

    private final Path users;
    private final RegistryServer server;

    private TokenServer(Path users, RegistryServer server) {
        this.users = users;
        this.server = server;
    }

    static TokenServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final TokenServer SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "stop the server with tokens"));
        }
    }

    private static TokenServer start() {
        try {
            Path folder = Files.createDirectories(Path.of("target/it").toAbsolutePath());
            Path users = Files.createTempFile(folder, "users-", "");
            Files.writeString(users, ALICE + '\n' + BOB + '\n');
            return new TokenServer(users, RegistryServer.start(Map.ofEntries(
                    Map.entry("REGISTRY_AUTH_HTPASSWD_PATH", users.toString()),
                    Map.entry("REGISTRY_AUTH_TOKENSERVICE_SERVICE", SERVICE),
                    Map.entry("REGISTRY_AUTH_TOKENSERVICE_ISSUER", "https://registry.example.com"),
                    Map.entry("REGISTRY_AUTH_AUTHENTICATED", "none"),
                    Map.entry("REGISTRY_AUTH_ADMINS", "[user:bob]"),
                    Map.entry("REGISTRY_AUTH_RULES", "[{subject: anonymous, repositories: public/**, actions: [pull]},"
                            + " {subject: user:alice, repositories: team/**, actions: [pull, push]}]"),
                    Map.entry("REGISTRY_AUTH_CACHE_TTL", "0"),
                    Map.entry("REGISTRY_AUTH_THROTTLE_LONGEST", "0"),
                    Map.entry("REGISTRY_HTTP_SECRET", "correct horse battery staple"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Http http() {
        return new Http(server.uri());
    }

    /** Takes alice out of the file of users, as an administrator would. */
    void removeAlice() {
        replaceUsers(BOB + '\n');
    }

    void bringAliceBack() {
        replaceUsers(ALICE + '\n' + BOB + '\n');
    }

    private void replaceUsers(String lines) {
        try {
            Path next = Files.writeString(users.resolveSibling(users.getFileName() + ".next"), lines);
            Files.move(next, users, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a challenge asks for; null where it does not say. */
    record Challenge(String realm, String service, String scope, String error) {
        static Challenge of(Reply reply) {
            Matcher challenge = CHALLENGE.matcher(reply.header("WWW-Authenticate"));
            if (!challenge.matches()) {
                throw new AssertionError("no challenge: " + reply.header("WWW-Authenticate"));
            }
            return new Challenge(challenge.group(1), challenge.group(2), challenge.group(3), challenge.group(4));
        }
    }

    static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    static String basicOfAlice() {
        return basic("alice", ALICES_PASSWORD);
    }

    static String bearer(Reply issued) {
        return "Bearer " + issued.expect(200).json().path("access_token").textValue();
    }

    /** As a form has it, or a query. */
    static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private void close() {
        server.close();
        try {
            Files.delete(users);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
