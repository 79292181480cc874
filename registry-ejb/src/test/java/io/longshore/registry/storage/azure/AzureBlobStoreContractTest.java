package io.longshore.registry.storage.azure;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.contract.BlobStoreContract;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, with blocks as the driver makes them. */
@ExtendWith(AzuriteExtension.class)
class AzureBlobStoreContractTest implements BlobStoreContract {
    private BlobStore store;

    @BeforeEach
    void open(Azurite azurite) throws IOException {
        store = AzureBlobStore.open(azurite.settings(azurite.newContainer()));
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Override
    public BlobStore store() {
        return store;
    }
}
