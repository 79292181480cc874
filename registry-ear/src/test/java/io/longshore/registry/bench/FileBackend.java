package io.longshore.registry.bench;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/** The file system. */
final class FileBackend implements Backend {

    @Override
    public String description() {
        return "the file system";
    }

    @Override
    public Map<String, String> variables(Path data) {
        return Map.of("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", data.resolve("blobs").toString());
    }

    @Override
    public RegistryCalls connect(InetSocketAddress server) {
        HttpConnection connection = new HttpConnection(server);
        return new RegistryCalls(connection, Pull.from(connection));
    }

    @Override
    public Suite suite(Scale scale, long seed) {
        return new WholeSuite(new Content(scale, seed), scale);
    }

    @Override
    public void close() {}
}
