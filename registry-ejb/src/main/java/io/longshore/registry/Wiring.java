package io.longshore.registry;

import io.longshore.registry.access.account.Accounts;
import io.longshore.registry.access.account.LastUses;
import io.longshore.registry.access.token.TokenUpkeep;
import io.longshore.registry.audit.AuditPurge;
import io.longshore.registry.background.MinuteTimer;
import io.longshore.registry.background.MinuteTimer.Task;
import io.longshore.registry.blob.BlobService;
import io.longshore.registry.blob.Reclaim;
import io.longshore.registry.config.ConfigLoader;
import io.longshore.registry.config.LoadedConfig;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.config.Secret;
import io.longshore.registry.config.StorageConfig;
import io.longshore.registry.config.ValidationConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.database.DatabaseStart;
import io.longshore.registry.manifest.ManifestPolicy;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.mirror.Mirror;
import io.longshore.registry.model.EventAction;
import io.longshore.registry.notification.Endpoints;
import io.longshore.registry.notification.NotificationPurge;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.replication.ReplicationPurge;
import io.longshore.registry.repository.Catalog;
import io.longshore.registry.repository.Repositories;
import io.longshore.registry.storage.BlobStore;
import io.longshore.registry.storage.DriverParameters;
import io.longshore.registry.storage.StorageDriver;
import io.longshore.registry.storage.azure.AzureBlobStore;
import io.longshore.registry.storage.azure.AzureCredential;
import io.longshore.registry.storage.azure.AzureSettings;
import io.longshore.registry.storage.filesystem.FilesystemBlobStore;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import io.longshore.registry.storage.s3.S3BlobStore;
import io.longshore.registry.storage.s3.S3Credentials;
import io.longshore.registry.storage.s3.S3Settings;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.upload.UploadEntities;
import io.longshore.registry.upload.UploadPurge;
import io.longshore.registry.upload.UploadService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    static BlobStore blobStore(RegistryConfig config, @Any Instance<StorageDriver> drivers) throws IOException {
        StorageConfig.Driver driver = config.storage().driver();
        BlobStore store = opened(driver, drivers);
        LOG.log(System.Logger.Level.INFO, () -> "blobs are in " + driver.place());
        return store;
    }

    private static BlobStore opened(StorageConfig.Driver driver, Instance<StorageDriver> drivers) throws IOException {
        if (driver instanceof StorageConfig.Installed installed) {
            return installed(installed, drivers);
        }
        if (driver instanceof StorageConfig.Filesystem filesystem) {
            return new FilesystemBlobStore(filesystem.rootDirectory(), filesystem.maxThreads());
        }
        if (driver instanceof StorageConfig.S3 s3) {
            return S3BlobStore.open(settings(s3));
        }
        if (driver instanceof StorageConfig.Azure azure) {
            return AzureBlobStore.open(settings(azure));
        }
        return new MemoryBlobStore();
    }

    private static S3Settings settings(StorageConfig.S3 s3) {
        StorageConfig.S3Access access = s3.access();
        StorageConfig.S3Writing writing = s3.writing();
        return new S3Settings(
                s3.bucket(),
                s3.rootDirectory(),
                s3.keys().map(keys -> new S3Credentials(
                        keys.accessKey().reveal(),
                        keys.secretKey().reveal(),
                        keys.sessionToken().map(Secret::reveal))),
                new S3Settings.Access(
                        access.region(), access.endpoint(), access.redirectEndpoint(), access.forcePathStyle(),
                        access.secure(), !access.skipVerify(), access.accelerate(), access.dualStack(), access.fips()),
                new S3Settings.Writing(
                        writing.chunkSize().bytes(), writing.copyConcurrency(), writing.storageClass(),
                        writing.objectAcl(), writing.encrypt(), writing.keyId()),
                s3.redirectExpiry());
    }

    private static AzureSettings settings(StorageConfig.Azure azure) {
        AzureCredential credential = switch (azure.credentials()) {
            case SHARED_KEY -> new AzureCredential.SharedKey(azure.accountKey().orElseThrow().reveal());
            case CLIENT_SECRET -> new AzureCredential.ClientSecret(
                    azure.tenantId().orElseThrow(),
                    azure.clientId().orElseThrow(),
                    azure.clientSecret().orElseThrow().reveal());
            case DEFAULT_CREDENTIALS -> new AzureCredential.Surroundings(azure.clientId());
        };
        return new AzureSettings(
                azure.accountName(), credential, azure.serviceUrl(), azure.container(), azure.rootDirectory(),
                azure.legacyRootPrefix(), azure.maxRetries(), azure.retryDelay(), azure.redirectExpiry(),
                azure.redirectEndpoint());
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
    static MinuteTimer timer(
            UploadService uploads, TokenUpkeep tokens, LastUses uses, Accounts accounts, Mirror mirror, Reclaim reclaim,
            Database database, BlobStore store, RegistryConfig config) {
        UploadPurge uploadPurge = new UploadPurge(database, store, config.storage().uploadPurge());
        AuditPurge auditPurge = new AuditPurge(database, config.audit().retention());
        List<Task> tasks = new ArrayList<>();
        tasks.add(new Task("uploads that come in are kept from the purge", uploads::touchReceiving));
        tasks.add(new Task("uploads that nobody goes on with are removed", uploadPurge::runWhenDue));
        tasks.add(new Task("what is too old for the audit is removed", auditPurge::runWhenDue));
        NotificationPurge webhookPurge = new NotificationPurge(database, config.notifications().retention());
        tasks.add(new Task("what webhooks were told long ago is removed", webhookPurge::runWhenDue));
        ReplicationPurge replicationPurge = new ReplicationPurge(database);
        tasks.add(new Task("what was replicated long ago is forgotten", replicationPurge::runWhenDue));
        tasks.add(new Task("it is written when accounts were last used", uses::write));
        tasks.add(new Task(
                "personal access tokens that expired long ago are removed", accounts.tokens()::deleteExpiredWhenDue));
        tasks.add(new Task("it is written what was pulled from mirrors", mirror::write));
        tasks.add(new Task("what nobody pulls from mirrors is removed", mirror::evict));
        tasks.add(new Task("room is freed of blobs that belong to no repository", reclaim::run));
        if (config.auth().tokens().enabled()) {
            tasks.add(new Task("keys of tokens are changed in time, and old tokens removed", tokens));
        }
        return new MinuteTimer(tasks);
    }

    private static BlobStore installed(StorageConfig.Installed config, Instance<StorageDriver> drivers)
            throws IOException {
        Instance<StorageDriver> named = drivers.select(NamedLiteral.of(config.name()));
        if (!named.isResolvable()) {
            throw new IllegalStateException("storage.driver.name: there is no storage driver \"" + config.name()
                    + "\" in the EAR; a driver is a CDI bean with @Named in a jar under lib/");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        config.parameters().forEach((name, secret) -> texts.put(name, secret.reveal()));
        return named.get().open(new DriverParameters(texts));
    }

    static void close(@Disposes BlobStore store) throws IOException {
        store.close();
    }

    @Produces
    @Singleton
    static ManifestService manifests(Database database, RegistryConfig config, Endpoints endpoints) {
        ValidationConfig validation = config.validation();
        return new ManifestService(
                database, new ManifestPolicy(
                        validation.indexes()::requires, validation.urls()::permits,
                        () -> endpoints.wantContent(EventAction.MANIFEST_PUSH)));
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

    @Produces
    @Singleton
    static Repositories repositories(Database database) {
        return new Repositories(database);
    }
}
