package io.longshore.registry.storage.filesystem;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.contract.BlobStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FilesystemBlobStoreTest implements BlobStoreContract {
    @TempDir
    private Path root;

    @Override
    public BlobStore store() throws IOException {
        return new FilesystemBlobStore(root);
    }
}
