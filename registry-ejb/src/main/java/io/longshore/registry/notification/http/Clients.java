package io.longshore.registry.notification.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.longshore.registry.config.EndpointConfig;
import io.longshore.registry.config.EndpointConfig.Route;
import java.lang.System.Logger.Level;
import java.lang.System.Logger;
import java.net.URI;
import java.nio.channels.ClosedSelectorException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.StandardAuthScheme;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.nio.AsyncClientConnectionManager;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.IOReactorStatus;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * A client for each way of reaching servers, which endpoints that are reached in the same way share. Closed when it has
 * not been used for a while, and so when its endpoints have changed or are gone. Thread-safe.
 */
final class Clients implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Clients.class.getName());

    /** Receivers close what is idle without a word, and a request that meets that fails. */
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(20);
    private static final TimeValue LONGEST_CONNECTION = TimeValue.ofMinutes(10);
    /** The client's own time-outs come after that of the whole request, which says more. */
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 200;

    private final PermittedAddresses addresses;
    private final String userAgent;
    private final Cache<Key, CloseableHttpAsyncClient> clients;

    /** A time-out, too, as a client's handshakes of TLS have one for all requests. */
    private record Key(Route route, Duration timeout) {}

    /**
     * @param idle how long a client is kept after the last request that may have used it
     * @param timer on which clients are closed
     */
    Clients(PermittedAddresses addresses, String userAgent, Duration idle, ScheduledExecutorService timer) {
        this.addresses = addresses;
        this.userAgent = userAgent;
        this.clients = Caffeine.newBuilder()
                .expireAfter(Expiry.<Key, CloseableHttpAsyncClient>accessing(
                        (key, client) -> idle.plus(key.timeout()).plus(GRACE)))
                .scheduler(Scheduler.forScheduledExecutorService(timer))
                .executor(Runnable::run)
                .removalListener((Key key, CloseableHttpAsyncClient client, RemovalCause cause) ->
                        client.close(CloseMode.IMMEDIATE))
                .build();
    }

    /**
     * Started.
     *
     * @param timeout of the request as a whole; a client is good for requests of this one only
     * @throws IllegalArgumentException if the authorities are no certificates
     */
    CloseableHttpAsyncClient of(Route route, Duration timeout) {
        Key key = new Key(route, timeout);
        CloseableHttpAsyncClient client = clients.get(key, this::open);
        // One that has just been started is not active yet.
        if (client.getStatus().compareTo(IOReactorStatus.SHUTTING_DOWN) < 0) {
            return client;
        }
        // An error that nothing was prepared for has ended its thread.
        clients.asMap().remove(key, client);
        return clients.get(key, this::open);
    }

    /** How many there are. */
    long size() {
        clients.cleanUp();
        return clients.estimatedSize();
    }

    private CloseableHttpAsyncClient open(Key key) {
        Timeout timeout = Timeout.of(key.timeout().plus(GRACE));
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create()
                .setConnectionManager(connections(key.route(), timeout))
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).setSoTimeout(timeout).build())
                .setHttp1Config(Http1Config.custom()
                        .setMaxLineLength(LONGEST_LINE)
                        .setMaxHeaderCount(MOST_HEADERS)
                        .build())
                .setDefaultRequestConfig(requests(key.route(), timeout))
                .setIoReactorExceptionCallback(Clients::log)
                .setThreadFactory(new Threads("webhook-connections"))
                .setUserAgent(userAgent)
                .evictIdleConnections(LONGEST_IDLE)
                .evictExpiredConnections()
                .addExecInterceptorAfter(ChainElement.CONNECT.name(), "connected", Reply::connected)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .disableContentCompression();
        // Explicitly, lest the JVM's own proxies are used.
        builder.setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE));
        key.route().proxy().ifPresent(proxy -> goThrough(proxy, builder));
        CloseableHttpAsyncClient client = builder.build();
        client.start();
        return client;
    }

    /** Closing a client ends in such an exception. */
    private static void log(Exception unexpected) {
        Level level = unexpected instanceof ClosedSelectorException ? Level.DEBUG : Level.WARNING;
        LOG.log(level, "a client of webhooks has failed", unexpected);
    }

    private AsyncClientConnectionManager connections(Route route, Timeout timeout) {
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setTlsStrategy(ClientTlsStrategyBuilder.create()
                        .setSslContext(TrustedAuthorities.context(route.authorities()))
                        .buildAsync())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(timeout)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .setTimeToLive(LONGEST_CONNECTION)
                        .build())
                // How much goes on at the same time is the caller's business: a receiver that hangs must not use up
                // what another needs.
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setMaxConnPerRoute(Integer.MAX_VALUE)
                .build();
    }

    private static RequestConfig requests(Route route, Timeout timeout) {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .setConnectionKeepAlive(LONGEST_IDLE)
                .setRedirectsEnabled(false)
                .setContentCompressionEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setAuthenticationEnabled(route.proxy().map(URI::getUserInfo).isPresent())
                .setProxyPreferredAuthSchemes(List.of(StandardAuthScheme.BASIC))
                .setTargetPreferredAuthSchemes(List.of())
                .build();
    }

    private static void goThrough(URI proxy, HttpAsyncClientBuilder builder) {
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        HttpHost host = new HttpHost("http", proxy.getHost(), port);
        builder.setRoutePlanner(new DefaultProxyRoutePlanner(host, DefaultSchemePortResolver.INSTANCE));
        Optional.ofNullable(proxy.getUserInfo()).ifPresent(userInfo -> {
            int colon = userInfo.indexOf(':');
            String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
            String password = colon < 0 ? "" : userInfo.substring(colon + 1);
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(
                    new AuthScope(host), new UsernamePasswordCredentials(user, password.toCharArray()));
            builder.setDefaultCredentialsProvider(credentials);
        });
    }

    /** Ends what is under way. */
    @Override
    public void close() {
        clients.invalidateAll();
        clients.cleanUp();
    }
}
