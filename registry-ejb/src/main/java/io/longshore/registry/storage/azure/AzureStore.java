package io.longshore.registry.storage.azure;

import io.longshore.registry.storage.object.Spool;
import java.nio.file.Path;

/**
 * What a stage needs of its store.
 *
 * @param blockBytes how large a block is that is not the last of its session
 * @param spools where spools put their files
 */
record AzureStore(AzureContainer container, AzureNames names, long blockBytes, Path spools) {
    Spool newSpool() {
        return new Spool(spools);
    }
}
