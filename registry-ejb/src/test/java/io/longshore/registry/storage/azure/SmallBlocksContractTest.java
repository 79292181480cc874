package io.longshore.registry.storage.azure;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.contract.BlobStoreContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract, with blocks so small that nearly everything takes several, and is copied in more than one step. */
@ExtendWith(AzuriteExtension.class)
class SmallBlocksContractTest implements BlobStoreContract {
    private static final Limits LIMITS = new Limits(40_000, 200_000);

    private BlobStore store;

    @BeforeEach
    void open(Azurite azurite) throws IOException {
        store = Azurite.open(azurite.settings(azurite.newContainer()), LIMITS);
    }

    @Override
    public BlobStore store() {
        return store;
    }
}
