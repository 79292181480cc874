package io.longshore.registry.it.arquillian;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * What {@code arquillian.xml} needs to know of the server that it describes, and the database of that server, which
 * runs until this is closed. All ports are free ones of the loopback interface.
 */
final class StockWildFly implements AutoCloseable {
    private static final String PROPERTIES = "stock-wildfly.";
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path BASE = TARGET.resolve("stock-wildfly/base");

    private final EmbeddedPostgres database;
    private final int httpPort;
    private final int httpsPort;

    private StockWildFly(EmbeddedPostgres database, List<Integer> ports) {
        this.database = database;
        this.httpPort = ports.get(0);
        this.httpsPort = ports.get(1);
        set("http.port", httpPort);
        set("https.port", httpsPort);
        set("management.port", ports.get(2));
        set("base", BASE);
        set("data", TARGET.resolve("stock-wildfly/data"));
        set("database.url", database.getJdbcUrl("postgres", "postgres"));
    }

    /** Starts the database and sets the properties that {@code arquillian.xml} refers to. The caller closes it. */
    static StockWildFly prepare() throws IOException {
        return new StockWildFly(
                EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(TARGET.resolve("postgres").toFile())
                        .start(),
                freePorts(3));
    }

    URI http() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    URI https() {
        return URI.create("https://localhost:" + httpsPort);
    }

    /** Trusts the certificate of the server, which it makes for itself when it is first asked for one. */
    SSLContext trust() throws IOException, GeneralSecurityException {
        try (SSLSocket socket = (SSLSocket) SSLSocketFactory.getDefault().createSocket("localhost", httpsPort)) {
            socket.startHandshake();
        } catch (SSLHandshakeException e) {
            // As expected: nobody else vouches for it.
        }
        KeyStore keys = KeyStore.getInstance(
                BASE.resolve("configuration/application.keystore").toFile(), "password".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** How many connections the registry has to the database. */
    int connections() throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery(
                        "select count(*) from pg_stat_activity where application_name = 'longshore'")) {
            count.next();
            return count.getInt(1);
        }
    }

    @Override
    public void close() throws IOException {
        database.close();
    }

    private static void set(String name, Object value) {
        System.setProperty(PROPERTIES + name, value.toString());
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }
}
