package org.example.flat;

import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.DriverParameters;
import io.longshore.registry.storage.StorageDriver;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/** The driver that {@code storage.driver.name: flat} chooses. */
@Dependent
@Named("flat")
public class FlatDriver implements StorageDriver {

    @Override
    public BlobStore open(DriverParameters parameters) throws IOException {
        parameters.allowOnly(Set.of("folder"));
        return new FlatStore(Path.of(parameters.get("folder")));
    }
}
