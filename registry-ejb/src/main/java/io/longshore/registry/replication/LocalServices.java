package io.longshore.registry.replication;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.repository.Catalog;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.upload.UploadService;

/** What this registry consists of, as far as copies need it. */
public record LocalServices(
        Catalog catalog, TagService tags, ManifestService manifests, ReferrerService referrers, BlobService blobs,
        UploadService uploads) {}
