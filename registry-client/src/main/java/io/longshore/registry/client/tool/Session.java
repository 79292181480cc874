package io.longshore.registry.client.tool;

import io.longshore.registry.client.ImageName;
import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.Repository;
import io.longshore.registry.client.auth.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the commands of one run of the program share. Thread-safe once the options are read. */
final class Session {
    private final InputStream in;
    private final Console console;
    private final ConnectionOptions connection;
    private final Places places = new Places(this);
    private final Map<String, RegistryClient> clients = new HashMap<>();

    Session(InputStream in, Console console, ConnectionOptions connection) {
        this.in = in;
        this.console = console;
        this.connection = connection;
    }

    /** Standard input. */
    InputStream in() {
        return in;
    }

    Console console() {
        return console;
    }

    ConnectionOptions connection() {
        return connection;
    }

    /** The one client of this registry. */
    synchronized RegistryClient client(String host) throws IOException {
        RegistryClient known = clients.get(host);
        if (known == null) {
            known = connection.client(host, this::warned);
            clients.put(host, known);
        }
        return known;
    }

    /** A client that shows the registry these and nothing else. */
    RegistryClient clientAs(String host, Credentials credentials) throws IOException {
        return connection.client(host, this::warned, asked -> Optional.of(credentials));
    }

    private void warned(URI source, String text) {
        console.note("warning of " + source.getAuthority() + ": " + text);
    }

    /** Opens what commands are told to read and write. */
    Places places() {
        return places;
    }

    /** To be closed when what it shows is done. */
    Progress progress() {
        return console.progress();
    }

    Repository repository(ImageName image) throws IOException {
        return client(image.host()).repository(image.repository());
    }
}
