package io.longshore.registry.storage.azure;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.contract.BlobStoreContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, with blocks so small that nearly everything takes several. */
@ExtendWith(AzuriteExtension.class)
class SmallBlocksContractTest implements BlobStoreContract {
    private static final int BLOCK_BYTES = 40_000;

    private BlobStore store;

    @BeforeEach
    void open(Azurite azurite) throws IOException {
        store = AzureBlobStore.open(
                azurite.settings(azurite.newContainer()),
                Connection.httpClient(java.net.http.HttpClient.newBuilder()),
                BLOCK_BYTES);
    }

    @Override
    public BlobStore store() {
        return store;
    }
}
