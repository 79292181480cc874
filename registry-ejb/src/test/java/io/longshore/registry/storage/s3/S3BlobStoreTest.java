package io.longshore.registry.storage.s3;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.contract.BlobStoreContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;

class S3BlobStoreTest implements BlobStoreContract {
    private final S3Server server = S3Server.shared();
    private final String bucket = server.newBucket();
    private S3BlobStore store;

    @Override
    public BlobStore store() throws IOException {
        if (store == null) {
            store = S3BlobStore.open(server.settings(bucket));
        }
        return store;
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
