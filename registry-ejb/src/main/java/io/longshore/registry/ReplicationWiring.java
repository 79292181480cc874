package io.longshore.registry;

import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.Via;
import io.longshore.registry.blob.BlobService;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.database.Database;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.replication.LocalServices;
import io.longshore.registry.replication.ReplicationObserver;
import io.longshore.registry.replication.Replicator;
import io.longshore.registry.replication.Rules;
import io.longshore.registry.replication.Runs;
import io.longshore.registry.repository.Catalog;
import io.longshore.registry.seal.Seal;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.upload.UploadService;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Says to CDI how replication is made, as {@link Wiring} does of the rest. */
@Dependent
public class ReplicationWiring {

    @Produces
    @Singleton
    static Rules rules(Database database, Audit audit, RegistryConfig config) {
        return new Rules(
                database, audit, Seal.of(config.auth().tokens().keySecret(), "longshore replication", "application/json"));
    }

    @Produces
    @Singleton
    static Runs runs(Database database, Audit audit, Via.Node node) {
        return new Runs(database, audit, node);
    }

    @Produces
    @Singleton
    static LocalServices services(
            Catalog catalog, TagService tags, ManifestService manifests, ReferrerService referrers, BlobService blobs,
            UploadService uploads) {
        return new LocalServices(catalog, tags, manifests, referrers, blobs, uploads);
    }

    @Produces
    @Singleton
    static Replicator replicator(
            Database database, Rules rules, Runs runs, LocalServices services, Via.Node node,
            ReplicationObserver observer, Policy policy) {
        return new Replicator(
                database, rules, runs, services, node, observer, () -> policy.readOnly().enabled());
    }
}
