package io.longshore.registry.bench;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import io.longshore.registry.bench.Doorway.Credential;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** This product where everybody has to log in, with a file of users and a directory, which is in this process. */
final class AccessServer {

    private static final String USER = "alice";
    private static final String DIRECTORY_USER = "bob";
    private static final String PASSWORD = "correct horse battery staple";
    private static final String BASE = "dc=example,dc=com";
    private static final int USUAL_COST = 10;

    private AccessServer() {
    }

    /** Starts it; arguments as those of {@link OwnServer}. */
    static Server start(InMemoryDirectoryServer directory, Backend backend, Path data, Path log) throws IOException {
        Path users = Files.createDirectories(data).resolve("users");
        Files.writeString(users, USER + ':' + BCrypt.withDefaults().hashToString(USUAL_COST, PASSWORD.toCharArray()));
        Map<String, String> settings = Map.of(
                "REGISTRY_AUTH_HTPASSWD_PATH", users.toString(),
                "REGISTRY_AUTH_LDAP_URLS", "ldap://127.0.0.1:" + directory.getListenPort(),
                "REGISTRY_AUTH_LDAP_USERBASE", BASE);
        return new OwnServer("closed", backend, settings, data, log);
    }

    /** Starts the directory, which has one of the users; the caller closes it. */
    static InMemoryDirectoryServer startDirectory() throws IOException {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
            config.setListenerConfigs(new InMemoryListenerConfig(
                    "ldap", InetAddress.getLoopbackAddress(), 0, null, null, null));
            InMemoryDirectoryServer directory = new InMemoryDirectoryServer(config);
            directory.add("dn: " + BASE, "objectClass: domain", "dc: example");
            directory.add(
                    "dn: uid=" + DIRECTORY_USER + ',' + BASE, "objectClass: inetOrgPerson", "uid: " + DIRECTORY_USER,
                    "cn: Bob", "sn: Bob", "userPassword: " + PASSWORD);
            directory.startListening();
            return directory;
        } catch (LDAPException | LDIFException e) {
            throw new IOException("the directory does not start", e);
        }
    }

    /** The ways in, each with credentials that are good for everything. */
    static List<Doorway> doorways(Server server) {
        return List.of(
                new Doorway("token of our own", server, AccessServer::bearer),
                new Doorway("password, htpasswd", server, address -> basic(USER)),
                new Doorway("password, LDAP", server, address -> basic(DIRECTORY_USER)));
    }

    private static String basic(String user) {
        byte[] pair = (user + ':' + PASSWORD).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair) + "\r\n";
    }

    /** A new token, for what is measured, as every client has one of its own. */
    private static String bearer(InetSocketAddress address) throws IOException {
        String target = "/auth/token?scope=repository:" + Content.IMAGES + ":pull,push"
                + "&scope=repository:" + ManifestPhases.PUSHED + ":pull,push"
                + "&scope=repository:" + Content.SMALL + ":pull,push";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (HttpConnection connection = new HttpConnection(address, basic(USER))) {
            connection.send("GET", target, "", bytes -> {
                byte[] some = new byte[bytes.remaining()];
                bytes.get(some);
                body.writeBytes(some);
            }).require(200, "GET", target);
        }
        String token = new ObjectMapper().readTree(body.toByteArray()).path("token").textValue();
        return "Authorization: Bearer " + token + "\r\n";
    }
}
