package io.longshore.registry.config;

import java.nio.file.Path;

/**
 * All that is configured. Whoever wires the registry takes it apart: a service gets its own record, never this one.
 *
 * @param data the folder of everything that the registry keeps on this machine and that has no folder of its own; not
 *     made absolute, not created
 */
public record RegistryConfig(
        Path data,
        HttpConfig http,
        StorageConfig storage,
        DatabaseConfig database,
        ManifestConfig manifests,
        PagingConfig paging,
        ValidationConfig validation,
        AuthConfig auth,
        AuditConfig audit,
        NotificationConfig notifications,
        MirrorConfig mirror) {}
