package io.longshore.registry.it.arquillian;

import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;

/** How a client comes to a WildFly that is as it comes. */
enum Way {
    HTTP_1_1(HttpClient.Version.HTTP_1_1),
    /** Without TLS; the first request asks to go on with HTTP/2. */
    HTTP_2(HttpClient.Version.HTTP_2),
    /** HTTP/2 as well, agreed on in the handshake. */
    HTTPS(HttpClient.Version.HTTP_2);

    private final HttpClient.Version version;

    Way(HttpClient.Version version) {
        this.version = version;
    }

    /** The version of HTTP that client and server agree on. */
    HttpClient.Version version() {
        return version;
    }

    TestClient client(StockWildFly server) throws IOException, GeneralSecurityException {
        HttpClient.Builder client = HttpClient.newBuilder().version(version);
        return this == HTTPS
                ? new TestClient(client.sslContext(server.trust()).build(), server.https())
                : new TestClient(client.build(), server.http());
    }
}
