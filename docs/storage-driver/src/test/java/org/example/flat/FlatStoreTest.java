package org.example.flat;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.contract.BlobStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FlatStoreTest implements BlobStoreContract {
    @TempDir
    Path folder;

    @Override
    public BlobStore store() throws IOException {
        return new FlatStore(folder);
    }
}
