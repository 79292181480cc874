package io.longshore.registry.web;

import io.longshore.registry.access.TokenVerifiers;
import io.longshore.registry.access.account.Accounts;
import io.longshore.registry.access.login.LoginService;
import io.longshore.registry.access.oidc.TrustedIssuers;
import io.longshore.registry.access.rule.Policy;
import io.longshore.registry.access.rule.RuleService;
import io.longshore.registry.access.token.RefreshTokens;
import io.longshore.registry.access.token.SigningKeys;
import io.longshore.registry.access.token.TokenService;
import io.longshore.registry.audit.Audit;
import io.longshore.registry.audit.Via;
import io.longshore.registry.background.MinuteTimer;
import io.longshore.registry.blob.BlobService;
import io.longshore.registry.config.HttpConfig;
import io.longshore.registry.config.RegistryConfig;
import io.longshore.registry.manifest.ManifestService;
import io.longshore.registry.metrics.Metrics;
import io.longshore.registry.mirror.Mirror;
import io.longshore.registry.mirror.Upstreams;
import io.longshore.registry.notification.Dispatcher;
import io.longshore.registry.notification.Endpoints;
import io.longshore.registry.notification.Pulls;
import io.longshore.registry.notification.Replays;
import io.longshore.registry.notification.http.TargetRules;
import io.longshore.registry.referrer.ReferrerService;
import io.longshore.registry.replication.Replicator;
import io.longshore.registry.replication.Rules;
import io.longshore.registry.replication.Runs;
import io.longshore.registry.repository.Catalog;
import io.longshore.registry.repository.Repositories;
import io.longshore.registry.tag.TagService;
import io.longshore.registry.upload.UploadService;
import io.longshore.registry.web.access.ClientAddress;
import io.longshore.registry.web.access.PermissionFeature;
import io.longshore.registry.web.access.RequestFacts;
import io.longshore.registry.web.admin.AdminApi;
import io.longshore.registry.web.admin.AdminResources;
import io.longshore.registry.web.admin.MirrorsResource;
import io.longshore.registry.web.admin.RepositoriesResource;
import io.longshore.registry.web.body.BodyRoom;
import io.longshore.registry.web.body.LimitedBody;
import io.longshore.registry.web.debug.DebugServer;
import io.longshore.registry.web.debug.Page;
import io.longshore.registry.web.location.Locations;
import io.longshore.registry.web.mirror.MirrorFeature;
import io.longshore.registry.web.mirror.NamespaceFilter;
import io.longshore.registry.web.notification.NotificationFeature;
import io.longshore.registry.web.signin.Sessions;
import io.longshore.registry.web.signin.SignInResource;
import io.longshore.registry.web.token.KeysResource;
import io.longshore.registry.web.token.TokenApi;
import io.longshore.registry.web.token.TokenResource;
import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final String ADMIN_API = "/api/*";
    private static final String ADMIN_API_VERSION = "/api/v1/*";
    private static final String TOKENS = "/auth/*";
    private static final int LONGEST_FORM_BYTES = 64 << 10;
    private static final Duration LONGEST_DELIVERY = Duration.ofSeconds(5);
    /** How long a copy that is interrupted may take to end. */
    private static final Duration LONGEST_COPY = Duration.ofSeconds(5);

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
    private Upstreams upstreams;

    @Inject
    private Mirror mirror;

    @Inject
    private MinuteTimer timer;

    @Inject
    private LoginService logins;

    @Inject
    private SigningKeys signingKeys;

    @Inject
    private RefreshTokens refreshTokens;

    @Inject
    private TokenService tokens;

    @Inject
    private TokenVerifiers verifiers;

    @Inject
    private TrustedIssuers issuers;

    @Inject
    private Policy policy;

    @Inject
    private Audit audit;

    @Inject
    private RuleService rules;

    @Inject
    private Accounts accounts;

    @Inject
    private Repositories repositories;

    @Inject
    private Via.Node node;

    @Inject
    private Endpoints endpoints;

    @Inject
    private Dispatcher dispatcher;

    @Inject
    private Pulls pulls;

    @Inject
    private Replays replays;

    @Inject
    private TargetRules targets;

    @Inject
    private Rules replicationRules;

    @Inject
    private Runs replicationRuns;

    @Inject
    private Replicator replicator;

    @Inject
    private Optional<Metrics> metrics;

    private Optional<DebugServer> debugServer = Optional.empty();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        HttpConfig http = config.http();
        ReplyHeaders headers = new ReplyHeaders(http.headers());
        headers.publishTo(context);
        RequestLimits limits = new RequestLimits(
                Math.toIntExact(http.maxUriLength().bytes()),
                Math.toIntExact(http.maxHeaderLength().bytes()));
        addFilter(context, "request-guard", new RequestGuard(limits, headers), API);
        Locations locations = new Locations(http.relativeUrls(), http.host());
        LoginSetup login = new LoginSetup(config, logins, policy, audit, new RequestFacts(locations, node));
        addFilter(context, "login", login.byTokens(verifiers, locations), API);
        ServletRegistration.Dynamic api = context.addServlet("distribution-api", new ServletContainer(
                new DistributionApi(
                        resources(locations), new PermissionFeature(policy),
                        new NotificationFeature(dispatcher, pulls), new MirrorFeature(mirror),
                        new NamespaceFilter(mirror, http.host().map(URI::getRawAuthority)))));
        api.addMapping(API);
        api.setLoadOnStartup(1);
        List<Object> tokenResources = tokenResources(locations);
        if (!tokenResources.isEmpty()) {
            addFilter(context, "token-guard", new RequestGuard(limits, headers), TOKENS);
            // With "/*", JAX-RS takes an address that ends in a slash for the same resource.
            addFilter(context, "token-login", login.byPasswords(), TokenApi.TOKEN_PATH + "/*");
            context.addServlet("token-api", new ServletContainer(new TokenApi(tokenResources))).addMapping(TOKENS);
        }
        addAdminApi(context, new RequestGuard(limits, headers.ofAdministration()), login);
        makeFirstAdministrator();
        upstreams.adopt();
        ScheduledExecutorService executor = executor();
        timer.start(executor);
        upstreams.start(executor);
        startWebhooks(executor);
        replicator.start(executor);
        debugServer = http.debug().map(debug -> DebugServer.start(
                debug.addr(),
                Map.of(debug.metricsPath(), new Page(Metrics.CONTENT_TYPE, metrics.orElseThrow()::page))));
    }

    /** Filters of the same address see a request in the order in which they are added. */
    private static void addFilter(ServletContext context, String name, Filter filter, String address) {
        context.addFilter(name, filter)
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, address);
    }

    private List<Object> tokenResources(Locations locations) {
        List<Object> resources = new ArrayList<>();
        if (config.auth().tokens().enabled()) {
            LimitedBody form = new LimitedBody("a form", LONGEST_FORM_BYTES, BodyRoom.ofThisJvm(), System::nanoTime);
            resources.add(new TokenResource(tokens, refreshTokens, logins, form));
            resources.add(new KeysResource(signingKeys));
        }
        if (!issuers.browserLogins().isEmpty()) {
            resources.add(new SignInResource(
                    issuers, new Sessions(refreshTokens), locations,
                    new ClientAddress(config.http().trustedProxies()), logins));
        }
        return resources;
    }

    /** Asks for passwords: tokens are for the work with images. */
    private void addAdminApi(ServletContext context, RequestGuard guard, LoginSetup login) {
        addFilter(context, "admin-guard", guard, ADMIN_API);
        addFilter(context, "admin-login", login.byPasswords(new Sessions(refreshTokens)), ADMIN_API);
        List<Object> resources = new ArrayList<>(AdminResources.of(
                accounts, config.auth().logins().accounts().users(), logins, policy, rules, audit, signingKeys,
                refreshTokens));
        resources.add(new RepositoriesResource(repositories, policy, dispatcher));
        resources.add(new MirrorsResource(upstreams, mirror));
        resources.addAll(AdminResources.ofWebhooks(endpoints, replays, dispatcher, targets));
        resources.addAll(AdminResources.ofReplication(replicationRules, replicationRuns));
        context.addServlet("admin-api", new ServletContainer(new AdminApi(resources))).addMapping(ADMIN_API_VERSION);
    }

    private void startWebhooks(ScheduledExecutorService executor) {
        endpoints.adopt();
        pulls.start(executor);
        dispatcher.start(executor);
    }

    private void makeFirstAdministrator() {
        if (config.auth().logins().accounts().users()) {
            try {
                accounts.firstAdministrator().makeIfNeeded();
            } catch (IOException e) {
                throw new UncheckedIOException("the password of the first administrator cannot be left anywhere", e);
            }
        }
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
        debugServer.ifPresent(DebugServer::close);
        replicator.stop(LONGEST_COPY);
        pulls.stop();
        dispatcher.stop(LONGEST_DELIVERY);
        upstreams.stop();
        timer.stop();
        mirror.stop();
        accounts.uses().stop();
    }

    private List<Object> resources(Locations locations) {
        Deletion deletion = new Deletion(config.storage().deleteEnabled());
        int manifestBytes = Math.toIntExact(config.manifests().maxSize().bytes());
        LimitedBody manifest = new LimitedBody("a manifest", manifestBytes, BodyRoom.ofThisJvm(), System::nanoTime);
        return List.of(
                new VersionResource(),
                new CatalogResource(catalog, config.paging().catalogMaxEntries()),
                new TagsResource(tags, config.paging().tagsMaxTags()),
                new ReferrersResource(referrers, mirror, config.paging().referrersMaxEntries()),
                new ManifestResource(manifests, mirror, tags, locations, deletion, manifest),
                new BlobResource(blobs, mirror, deletion, config.storage().redirects()),
                new UploadsResource(uploads, blobs, locations),
                new UploadResource(uploads, locations));
    }
}
