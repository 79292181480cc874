package io.longshore.registry.access.ldap;

import com.unboundid.ldap.sdk.AggregateLDAPConnectionPoolHealthCheck;
import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.GetEntryLDAPConnectionPoolHealthCheck;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPConnectionPoolHealthCheck;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/** How connections to the servers are made and kept. */
final class Pools {
    /** After this time a connection to another server than the first is given up, for that may be back. */
    private static final Duration FAILOVER_AGE = Duration.ofMinutes(1);
    private static final Duration AGE = Duration.ofMinutes(30);
    private static final Duration HEALTH_CHECK_INTERVAL = Duration.ofSeconds(30);
    private static final String ROOT = "";

    private final LdapSettings settings;
    private final SSLContext tls;

    Pools(LdapSettings settings, SSLContext tls) {
        this.settings = settings;
        this.tls = tls;
    }

    /** A pool without connections, which come when they are needed. With an account, each is bound by it. */
    LDAPConnectionPool open(Optional<BindRequest> account) throws IOException {
        LdapSettings.Connections limits = settings.connections();
        long patience = limits.responseTimeout().toMillis();
        try {
            LDAPConnectionPool pool = new LDAPConnectionPool(
                    servers(account.orElse(null)), account.orElse(null), 0, limits.poolSize(), 1, null, false,
                    healthCheck(patience));
            pool.setCreateIfNecessary(false);
            pool.setMaxWaitTimeMillis(patience);
            pool.setRetryFailedOperationsDueToInvalidConnections(true);
            pool.setMaxConnectionAgeMillis(AGE.toMillis());
            pool.setHealthCheckIntervalMillis(HEALTH_CHECK_INTERVAL.toMillis());
            pool.setTrySynchronousReadDuringHealthCheck(true);
            return pool;
        } catch (LDAPException e) {
            throw new IOException("could not make a pool of connections to the directory", e);
        }
    }

    /** The first puts connections away that an answer shows to be broken; the second finds those in the background. */
    private static LDAPConnectionPoolHealthCheck healthCheck(long patienceMillis) {
        return new AggregateLDAPConnectionPoolHealthCheck(
                new LDAPConnectionPoolHealthCheck(),
                new GetEntryLDAPConnectionPoolHealthCheck(ROOT, patienceMillis, false, false, false, true, false));
    }

    /** A server that does not come as far as the bind is passed over for the next one. */
    private ServerSet servers(BindRequest account) {
        PostConnectProcessor startTls = settings.tls().start() ? new StartTLSPostConnectProcessor(tls) : null;
        ServerSet[] each = settings.servers().stream()
                .map(server -> new SingleServerSet(
                        server.host(), server.port(), sockets(server), options(), account, startTls))
                .toArray(ServerSet[]::new);
        FailoverServerSet servers = new FailoverServerSet(each);
        servers.setMaxFailoverConnectionAgeMillis(FAILOVER_AGE.toMillis());
        return servers;
    }

    private SocketFactory sockets(LdapSettings.Server server) {
        // Half the time, so that the handshake has failed when the SDK asks what has become of the connection.
        return server.secure()
                ? new SecureSockets(tls.getSocketFactory(), settings.connections().connectTimeout().dividedBy(2))
                : SocketFactory.getDefault();
    }

    private LDAPConnectionOptions options() {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(Math.toIntExact(settings.connections().connectTimeout().toMillis()));
        options.setResponseTimeoutMillis(settings.connections().responseTimeout().toMillis());
        options.setUseSynchronousMode(true);
        options.setFollowReferrals(false);
        options.setBindWithDNRequiresPassword(true);
        // The name of the host must be one of the certificate's alternative names where it has any.
        options.setSSLSocketVerifier(new HostNameSSLSocketVerifier(true, false));
        return options;
    }
}
