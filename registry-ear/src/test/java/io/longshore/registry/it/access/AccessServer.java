package io.longshore.registry.it.access;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.longshore.registry.it.RegistryServer;
import io.longshore.registry.it.protocol.Http;
import io.longshore.registry.it.protocol.Reply;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A server with users, rules and a token service, on a database that the test can look into. Everybody may pull from
 * {@code public/**}; the {@linkplain Account accounts} may there and in {@code private/**} what their names say; nobody
 * else may anything. Failed logins wait for nothing unless the test says so.
 */
final class AccessServer implements AutoCloseable {
    static final String SERVICE = "registry.example.com";
    static final String ISSUER = "https://registry.example.com";
    private static final int CHEAPEST_COST = 4;
    private static final String RULES = """
            [{subject: anonymous, repositories: public/**, actions: [pull]},
            {subject: "user:puller", repositories: public/**, actions: [pull]},
            {subject: "user:puller", repositories: private/**, actions: [pull]},
            {subject: "user:pusher", repositories: public/**, actions: [pull, push]},
            {subject: "user:pusher", repositories: private/**, actions: [pull, push]},
            {subject: "robot:ci", repositories: public/**, actions: [pull, push]},
            {subject: "robot:ci", repositories: private/**, actions: [pull, push]},
            {subject: "user:stranger", repositories: public/**, actions: [pull, push]},
            {subject: "user:stranger", repositories: private/**, actions: [pull, push]},
            {subject: "user:deleter", repositories: public/**, actions: [pull, delete]},
            {subject: "user:deleter", repositories: private/**, actions: [pull, delete]},
            {subject: "user:keeper", repositories: public/**, actions: [admin]},
            {subject: "user:keeper", repositories: private/**, actions: [admin]}]""";

    private final EmbeddedPostgres database;
    private final Path users;
    private final RegistryServer server;
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private Keys.Key robot;
    private Keys.Key limitedKey;

    private AccessServer(EmbeddedPostgres database, Path users, RegistryServer server) {
        this.database = database;
        this.users = users;
        this.server = server;
    }

    /** One for all tests of this JVM that need no other settings, and stopped with it. */
    static AccessServer shared() {
        return Shared.SERVER;
    }

    private static final class Shared {
        private static final AccessServer SERVER = start(Map.of());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close, "stop the server with access control"));
        }
    }

    /** @param changes variables beside the usual ones, or in place of them */
    static AccessServer start(Map<String, String> changes) {
        try {
            Path folder = Files.createDirectories(Path.of("target/it").toAbsolutePath());
            Path users = writeUsers(Files.createTempFile(folder, "users-", ""));
            EmbeddedPostgres database =
                    EmbeddedPostgres.builder().setOverrideWorkingDirectory(new File("target/postgres")).start();
            Map<String, String> environment = new HashMap<>(Map.ofEntries(
                    Map.entry("REGISTRY_DATABASE_URL", database.getJdbcUrl("postgres", "postgres").split("\\?")[0]),
                    Map.entry("REGISTRY_DATABASE_USER", "postgres"),
                    Map.entry("REGISTRY_DATABASE_PASSWORD", "postgres"),
                    Map.entry("REGISTRY_STORAGE_DELETE_ENABLED", "true"),
                    Map.entry("REGISTRY_AUTH_HTPASSWD_PATH", users.toString()),
                    Map.entry("REGISTRY_AUTH_TOKENSERVICE_SERVICE", SERVICE),
                    Map.entry("REGISTRY_AUTH_TOKENSERVICE_ISSUER", ISSUER),
                    Map.entry("REGISTRY_AUTH_TOKENSERVICE_EXPIRATION", "1h"),
                    Map.entry("REGISTRY_AUTH_AUTHENTICATED", "none"),
                    Map.entry("REGISTRY_AUTH_ADMINS", "[\"user:root\"]"),
                    Map.entry("REGISTRY_AUTH_RULES", RULES),
                    Map.entry("REGISTRY_AUTH_THROTTLE_LONGEST", "0")));
            environment.putAll(changes);
            return new AccessServer(database, users, RegistryServer.start(environment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path writeUsers(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Account account : Account.values()) {
            lines.add(account.user() + ':'
                    + BCrypt.withDefaults().hashToString(CHEAPEST_COST, account.password().toCharArray()));
        }
        return Files.write(file, lines);
    }

    /** The robot {@code ci}, of which rules speak. */
    synchronized Keys.Key robot() {
        if (robot == null) {
            robot = Keys.robot(this, "ci");
        }
        return robot;
    }

    /** A personal access token of {@link Account#KEEPER}, for pulling alone. */
    synchronized Keys.Key limitedKey() {
        if (limitedKey == null) {
            limitedKey = Keys.personal(this, Account.KEEPER, "**", "pull");
        }
        return limitedKey;
    }

    /** The key by which it signs tokens. */
    OwnKey key() {
        return OwnKey.of(this);
    }

    /** Starts the server again, on the same data, with further or other variables. */
    void restart(Map<String, String> changes) {
        server.stop();
        server.restart(changes);
    }

    /** Without credentials. */
    Http http() {
        return new Http(server.uri());
    }

    /** With name and password. */
    Http as(Account account) {
        return http().authorized(account.basic());
    }

    /**
     * A token for these scopes, or for what of them the account may; the one of anonymous without an account. The same
     * again for the same question.
     */
    String token(Optional<Account> account, String scope) {
        Http asked = account.map(this::as).orElseGet(this::http);
        return tokens.computeIfAbsent(account + " " + scope, question -> newToken(asked, scope));
    }

    String token(Keys.Key key, String scope) {
        Http asked = http().authorized(key.basic());
        return tokens.computeIfAbsent(key.secret() + ' ' + scope, question -> newToken(asked, scope));
    }

    private static String newToken(Http asked, String scope) {
        Reply reply = asked.get("/auth/token?scope=" + URLEncoder.encode(scope, StandardCharsets.UTF_8)).send();
        return Shown.secret(reply.expect(200).json().path("token").textValue());
    }

    String token(Account account, String scope) {
        return token(Optional.of(account), scope);
    }

    /** The challenge for a token; the scope or the error may be empty. */
    String challenge(String scope, String error) {
        return "Bearer realm=\"" + server.uri() + "auth/token\",service=\"" + SERVICE + '"'
                + (scope.isEmpty() ? "" : ",scope=\"" + scope + '"')
                + (error.isEmpty() ? "" : ",error=\"" + error + '"');
    }

    /** All that the server has logged and printed since it started. */
    String said() {
        Path log = server.data().resolve("server/log/server.log");
        try {
            return server.output() + Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first column of each row. */
    List<String> query(String sql) {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    void execute(String sql) {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            database.close();
            Files.delete(users);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
