package io.longshore.registry.web;

import io.longshore.registry.blob.BlobService;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.repository.Catalog;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.upload.UploadService;
import io.longshore.registry.web.error.RegistryExceptionMapper;
import io.longshore.registry.web.location.Locations;
import jakarta.enterprise.inject.spi.CDI;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** The distribution API, {@code /v2/}, as a JAX-RS application. Its resources are made once and serve every request. */
public final class DistributionApi extends ResourceConfig {

    public DistributionApi() {
        RegistryConfig config = the(RegistryConfig.class);
        Locations locations = new Locations(config.http().relativeUrls(), config.http().host());
        Deletion deletion = new Deletion(config.storage().deleteEnabled());
        register(new VersionResource());
        register(new CatalogResource(the(Catalog.class), config.paging().catalogMaxEntries()));
        register(new TagsResource(the(TagService.class), config.paging().tagsMaxTags()));
        register(new ReferrersResource(the(ReferrerService.class), config.paging().referrersMaxEntries()));
        register(new ManifestResource(
                the(ManifestService.class),
                the(TagService.class),
                locations,
                deletion,
                Math.toIntExact(config.manifests().maxSize().bytes())));
        register(new BlobResource(the(BlobService.class), deletion));
        register(new UploadsResource(the(UploadService.class), the(BlobService.class), locations));
        register(new UploadResource(the(UploadService.class), locations));
        register(RegistryExceptionMapper.class);
        property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true);
        property(ServerProperties.WADL_FEATURE_DISABLE, true);
    }

    private static <T> T the(Class<T> type) {
        return CDI.current().select(type).get();
    }
}
