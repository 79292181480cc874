package io.longshore.registry.client;

import io.longshore.registry.client.http.TestServer;
import io.longshore.registry.client.http.TestTransport;
import io.longshore.registry.model.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** A server that plays a registry, and a client of it. */
final class TestRegistry implements AutoCloseable {
    private final TestServer server = new TestServer();
    private final TestTransport time = new TestTransport();

    TestServer server() {
        return server;
    }

    RegistryClient client(int chunkBytes) {
        return builder().chunkBytes(chunkBytes).build();
    }

    RegistryClient.Builder builder() {
        return RegistryClient.builder(server.authority()).timing(time.timing());
    }

    Repository repository() {
        return client(10).repository(RepositoryName.parse("a/b"));
    }

    List<String> asked() {
        return server.asked();
    }

    int waits() {
        return time.waits().size();
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The same bytes each time. */
    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        server.close();
    }
}
