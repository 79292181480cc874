package io.longshore.registry.bench;

import io.longshore.registry.it.storage.S3Storage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A bucket for each server, in one S3 server that keeps them in files. */
final class S3Backend implements Backend {

    private static final int SMALL_BLOBS = 500;

    private final S3Storage store;
    private final boolean redirect;

    private S3Backend(S3Storage store, boolean redirect) {
        this.store = store;
        this.redirect = redirect;
    }

    /** @param redirect whether clients are sent to the store for the bytes of blobs */
    static S3Backend start(Path folder, boolean redirect) throws IOException {
        return new S3Backend(S3Storage.in(Files.createDirectories(folder)), redirect);
    }

    @Override
    public String description() {
        return "S3 (s3proxy on files), pulls " + (redirect ? "redirected to it" : "through the registry");
    }

    @Override
    public Map<String, String> variables(Path data) {
        Map<String, String> variables = new HashMap<>(store.bucket());
        variables.put("REGISTRY_STORAGE_S3_REGION", "us-east-1");
        variables.put("REGISTRY_STORAGE_S3_SECURE", "false");
        variables.put("REGISTRY_STORAGE_REDIRECT_DISABLE", Boolean.toString(!redirect));
        return variables;
    }

    @Override
    public RegistryCalls connect(InetSocketAddress server) {
        HttpConnection connection = new HttpConnection(server);
        return new RegistryCalls(connection, redirect
                ? new RedirectedPull(connection, address())
                : Pull.from(connection));
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(store.endpoint().getHost(), store.endpoint().getPort());
    }

    @Override
    public Suite suite(Scale scale, long seed) {
        Scale fewer = scale.withSmallBlobs(SMALL_BLOBS);
        Content content = new Content(fewer, seed);
        BlobPhases phases = new BlobPhases(content, fewer);
        return new BlobSuite(content, redirect ? phases.pulls() : phases.transfers());
    }

    @Override
    public void close() {
        store.close();
    }
}
