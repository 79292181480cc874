package io.longshore.registry;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.config.ConfigLoader;
import io.longshore.registry.config.LoadedConfig;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.config.StorageConfig;
import io.longshore.registry.config.ValidationConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.DatabaseStart;
import io.longshore.registry.manifest.ManifestPolicy;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.repository.Catalog;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.filesystem.FilesystemBlobStore;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.upload.UploadEntities;
import io.longshore.registry.upload.UploadPurge;
import io.longshore.registry.upload.UploadService;
import io.longshore.registry.upload.UploadTimer;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Says to CDI how each part is made of others. The parts themselves know nothing of CDI, and are never proxied. */
@Dependent
public class Wiring {
    private static final System.Logger LOG = System.getLogger(Wiring.class.getName());

    @Produces
    @Singleton
    static RegistryConfig config() {
        LoadedConfig loaded = ConfigLoader.loadForThisProcess();
        loaded.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
        return loaded.config();
    }

    @Produces
    @Singleton
    static Database database(RegistryConfig config) {
        return DatabaseStart.open(config.database(), UploadEntities.ALL);
    }

    static void close(@Disposes Database database) {
        database.close();
    }

    @Produces
    @Singleton
    static BlobStore blobStore(RegistryConfig config) throws IOException {
        StorageConfig.Driver driver = config.storage().driver();
        if (driver instanceof StorageConfig.Filesystem filesystem) {
            return new FilesystemBlobStore(filesystem.rootDirectory());
        }
        return new MemoryBlobStore();
    }

    @Produces
    @Singleton
    static BlobService blobs(Database database, BlobStore store) {
        return new BlobService(database, store);
    }

    @Produces
    @Singleton
    static UploadService uploads(Database database, BlobStore store, BlobService blobs) {
        return new UploadService(database, store, blobs);
    }

    @Produces
    @Singleton
    static UploadTimer uploadTimer(UploadService uploads, Database database, BlobStore store, RegistryConfig config) {
        return new UploadTimer(uploads, new UploadPurge(database, store, config.storage().uploadPurge()));
    }

    static void close(@Disposes BlobStore store) throws IOException {
        store.close();
    }

    @Produces
    @Singleton
    static ManifestService manifests(Database database, RegistryConfig config) {
        ValidationConfig validation = config.validation();
        return new ManifestService(
                database, new ManifestPolicy(validation.indexes()::requires, validation.urls()::permits));
    }

    @Produces
    @Singleton
    static TagService tags(Database database) {
        return new TagService(database);
    }

    @Produces
    @Singleton
    static ReferrerService referrers(Database database) {
        return new ReferrerService(database);
    }

    @Produces
    @Singleton
    static Catalog catalog(Database database) {
        return new Catalog(database);
    }
}
