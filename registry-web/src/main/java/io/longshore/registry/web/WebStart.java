package io.longshore.registry.web;

import io.longshore.registry.access.login.LoginService;
import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.background.MinuteTimer;
import io.longshore.registry.blob.BlobService;
import io.longshore.registry.config.HtpasswdConfig;
import io.longshore.registry.config.HttpConfig;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.repository.Catalog;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.upload.UploadService;
import io.longshore.registry.web.access.Callers;
import io.longshore.registry.web.access.Challenges;
import io.longshore.registry.web.access.ClientAddress;
import io.longshore.registry.web.access.LoginFilter;
import io.longshore.registry.web.access.PermissionFeature;
import io.longshore.registry.web.access.Refusals;
import io.longshore.registry.web.body.BodyRoom;
import io.longshore.registry.web.body.LimitedBody;
import io.longshore.registry.web.location.Locations;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.glassfish.jersey.servlet.ServletContainer;

/**
 * Puts the web application together when it starts: the guard before the API, the API's resources, and what they need.
 * Work in the background begins and ends with it, since here the server gives us its threads.
 * The one place in the WAR that CDI injects into; all else gets what it needs by constructor.
 */
public class WebStart implements ServletContextListener {
    private static final String API = "/v2/*";

    @Inject
    private RegistryConfig config;

    @Inject
    private BlobService blobs;

    @Inject
    private UploadService uploads;

    @Inject
    private ManifestService manifests;

    @Inject
    private TagService tags;

    @Inject
    private ReferrerService referrers;

    @Inject
    private Catalog catalog;

    @Inject
    private MinuteTimer timer;

    @Inject
    private LoginService logins;

    @Inject
    private Policy policy;

    @Inject
    private Audit audit;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        HttpConfig http = config.http();
        ReplyHeaders headers = new ReplyHeaders(http.headers());
        headers.publishTo(context);
        RequestLimits limits = new RequestLimits(
                Math.toIntExact(http.maxUriLength().bytes()),
                Math.toIntExact(http.maxHeaderLength().bytes()));
        context.addFilter("request-guard", new RequestGuard(limits, headers))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, API);
        Locations locations = new Locations(http.relativeUrls(), http.host());
        context.addFilter("login", new LoginFilter(callers(locations)))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, API);
        ServletRegistration.Dynamic api = context.addServlet("distribution-api", new ServletContainer(
                new DistributionApi(resources(locations), new PermissionFeature(policy))));
        api.addMapping(API);
        api.setLoadOnStartup(1);
        timer.start(executor());
    }

    /** Not injected: web.xml says that there is nothing to look for in the classes, which takes time at each start. */
    private static ScheduledExecutorService executor() {
        try {
            return InitialContext.doLookup("java:comp/DefaultManagedScheduledExecutorService");
        } catch (NamingException e) {
            throw new IllegalStateException("every Jakarta EE server has this executor", e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        timer.stop();
    }

    private Callers callers(Locations locations) {
        Challenges challenges = Challenges.basic(
                config.auth().logins().htpasswd().map(HtpasswdConfig::realm).orElse("Longshore"));
        return new Callers(
                logins, List.of(), policy, new ClientAddress(config.http().trustedProxies()),
                new Refusals(challenges, audit),
                config.auth().open() ? Callers.Shows.NOTHING : Callers.Shows.HEADERS);
    }

    private List<Object> resources(Locations locations) {
        Deletion deletion = new Deletion(config.storage().deleteEnabled());
        int manifestBytes = Math.toIntExact(config.manifests().maxSize().bytes());
        LimitedBody manifest = new LimitedBody("a manifest", manifestBytes, BodyRoom.ofThisJvm(), System::nanoTime);
        return List.of(
                new VersionResource(),
                new CatalogResource(catalog, config.paging().catalogMaxEntries()),
                new TagsResource(tags, config.paging().tagsMaxTags()),
                new ReferrersResource(referrers, config.paging().referrersMaxEntries()),
                new ManifestResource(manifests, tags, locations, deletion, manifest),
                new BlobResource(blobs, deletion, config.storage().redirects()),
                new UploadsResource(uploads, blobs, locations),
                new UploadResource(uploads, locations));
    }
}
