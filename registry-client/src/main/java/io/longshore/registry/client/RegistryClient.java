package io.longshore.registry.client;

import io.longshore.registry.client.auth.AuthenticatedTransport;
import io.longshore.registry.client.auth.CredentialSource;
import io.longshore.registry.client.http.ClientIdentity;
import io.longshore.registry.client.http.ConnectionSettings;
import io.longshore.registry.client.http.Connections;
import io.longshore.registry.client.http.Failure;
import io.longshore.registry.client.http.Fence;
import io.longshore.registry.client.http.HttpProxy;
import io.longshore.registry.client.http.Origin;
import io.longshore.registry.client.http.Patience;
import io.longshore.registry.client.http.PlainHosts;
import io.longshore.registry.client.http.Request;
import io.longshore.registry.client.http.Response;
import io.longshore.registry.client.http.RetryPolicy;
import io.longshore.registry.client.http.Timing;
import io.longshore.registry.client.http.Transport;
import io.longshore.registry.client.http.WarningListener;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.RepositoryName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Speaks to one registry. Thread-safe; to be kept, with its connections and tokens, for as long as it is used.
 *
 * <pre>{@code
 * RegistryClient registry = RegistryClient.builder("registry.example").build();
 * Repository app = registry.repository(RepositoryName.parse("team/app"));
 * try (InputStream layer = app.blobs().pull(digest)) {
 *     layer.transferTo(out);
 * }
 * }</pre>
 *
 * <p>OCI distribution-spec, version 1.1.
 */
public final class RegistryClient {
    private static final Set<String> CATALOG = Set.of("registry:catalog:*");

    private final Calls calls;

    private RegistryClient(Calls calls) {
        this.calls = calls;
    }

    /**
     * Begins a client.
     *
     * @param host with its port if that is not the usual one, such as {@code registry.example:5000}; {@code docker.io}
     *     is asked where Docker Hub answers, and credentials for that host are looked up: {@code registry-1.docker.io}
     * @throws IllegalArgumentException if this is no host
     */
    public static Builder builder(String host) {
        return new Builder(host);
    }

    /**
     * Finds out whether there is a registry that lets this client in (end-1).
     *
     * @throws RegistryException.Unauthenticated if it wants other credentials, or any
     * @throws IOException if there is none
     */
    public void ping() throws IOException {
        try (Response response = calls.send(Request.of("GET", calls.url("/v2/")), Set.of())) {
            if (response.status() != 200) {
                throw Failure.of(response);
            }
        }
    }

    /**
     * Finds out what the registry can do, by two reads.
     *
     * @throws RegistryException.Unauthenticated as {@link #ping}
     */
    public RegistryCapabilities capabilities() throws IOException {
        try (Response response = calls.send(Request.of("GET", calls.url("/v2/")), Set.of())) {
            if (response.status() != 200) {
                throw Failure.of(response);
            }
            return new RegistryCapabilities(
                    response.header("Docker-Distribution-Api-Version"), response.header("Server"), hasCatalog());
        }
    }

    private boolean hasCatalog() throws IOException {
        Request request = Request.of("GET", calls.url("/v2/_catalog?n=1"));
        try (Response response = calls.send(request, CATALOG)) {
            return response.status() == 200;
        } catch (RegistryException e) {
            // No token is given out for it.
            return false;
        }
    }

    /** One repository of it, which need not exist: nothing is asked. */
    public Repository repository(RepositoryName name) {
        return new Repository(calls, name);
    }

    /**
     * The names of all repositories, as far as the registry tells, in its order (distribution's HTTP API, "Listing
     * Repositories"). Each page is fetched when it is reached: the stream throws {@link RegistryException}, or {@link
     * UncheckedIOException}.
     */
    public Stream<RepositoryName> catalog() {
        return Pages.ofStrings(calls, "/v2/_catalog", CATALOG, "repositories", RepositoryName::parse).stream();
    }

    /** The registry's URL, without a path. */
    @Override
    public String toString() {
        return calls.url("").toString();
    }

    /**
     * Gathers how a registry is to be spoken to. Not thread-safe.
     *
     * <pre>{@code
     * RegistryClient registry = RegistryClient.builder("registry.corp:5000")
     *         .credentials(DockerConfig.ofUser())
     *         .trust(Path.of("corp.pem"))
     *         .identity(ClientIdentity.of(Path.of("me.crt"), Path.of("me.key")))
     *         .proxy(HttpProxy.of("proxy.corp", 3128).except(List.of(".corp")))
     *         .build();
     * }</pre>
     */
    public static final class Builder {
        private static final int CHUNK_BYTES = 16 << 20;

        private final String host;
        private final Set<String> plainHosts = new HashSet<>();
        private final Set<String> namedHosts = new HashSet<>();
        private CredentialSource credentials = CredentialSource.NONE;
        private RetryPolicy retries = RetryPolicy.DEFAULT;
        private WarningListener warnings = WarningListener.NONE;
        private Timing timing = Timing.system();
        private boolean isEncrypted;
        private ConnectionSettings settings = ConnectionSettings.DEFAULT;
        private int chunkBytes = CHUNK_BYTES;

        private Builder(String host) {
            URI uri = URI.create("https://" + host);
            if (uri.getHost() == null || !host.equals(uri.getRawAuthority()) || uri.getRawUserInfo() != null) {
                throw new IllegalArgumentException("a registry is given as a host, or host:port: " + host);
            }
            this.host = DockerHub.api(host);
        }

        /** Who asks; nobody if not said. Each host is shown its own credentials only. */
        public Builder credentials(CredentialSource source) {
            credentials = source;
            return this;
        }

        /** Speaks to the registry with TLS, even if it is on this machine, which is asked without it otherwise. */
        public Builder encrypted() {
            isEncrypted = true;
            return this;
        }

        /** Speaks to this host without TLS, as it is done to this machine. */
        public Builder plain(String hostAndPort) {
            plainHosts.add(hostAndPort.toLowerCase(Locale.ROOT));
            namedHosts.add(hostAndPort.toLowerCase(Locale.ROOT));
            return this;
        }

        /** How often failed requests are repeated. */
        public Builder retries(RetryPolicy policy) {
            retries = policy;
            return this;
        }

        /** Who hears of the registry's warnings. */
        public Builder warnings(WarningListener listener) {
            warnings = listener;
            return this;
        }

        /**
         * How many bytes of a stream are sent at once, and held in memory for that; at least 1.
         */
        public Builder chunkBytes(int bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("a chunk has at least one byte");
            }
            chunkBytes = bytes;
            return this;
        }

        /** How long registries may be silent. */
        public Builder patience(Patience limits) {
            settings = settings.with(limits);
            return this;
        }

        /**
         * What the client calls itself; {@code longshore} if not said.
         *
         * @throws IllegalArgumentException if that cannot be sent in a header
         */
        public Builder userAgent(String name) {
            settings = settings.withUserAgent(name);
            return this;
        }

        /** What requests go through; if not said, the proxy that Java is configured with, if any. */
        public Builder proxy(HttpProxy proxy) {
            settings = settings.with(proxy);
            return this;
        }

        /** Believes servers with certificates of these authorities, too. */
        public Builder trust(Collection<X509Certificate> authorities) {
            settings = settings.withAuthorities(authorities);
            return this;
        }

        /**
         * Believes servers with certificates of the authorities in this file, too.
         *
         * @param pem one certificate or more, each beginning with {@code -----BEGIN CERTIFICATE-----}; read at once
         * @throws IOException if it cannot be read, or holds no certificate
         */
        public Builder trust(Path pem) throws IOException {
            settings = settings.withAuthorities(pem);
            return this;
        }

        /** What the registry is shown if it asks for a certificate. Other hosts, where it may lead, are shown none. */
        public Builder identity(ClientIdentity identity) {
            settings = settings.with(identity);
            return this;
        }

        /**
         * Speaks to this host with TLS, but does not look at its certificate: whoever is in between can be it. All
         * others are looked at as ever.
         *
         * @param hostAndPort the port may be left out if it is 443
         */
        public Builder insecure(String hostAndPort) {
            settings = settings.withUncheckedHost(hostAndPort.toLowerCase(Locale.ROOT));
            namedHosts.add(hostAndPort.toLowerCase(Locale.ROOT));
            return this;
        }

        /**
         * Lets a registry of the internet lead to this host, although it is at an address of an inner network: by a
         * redirect, with an upload, or for tokens.
         *
         * @param host with or without a port
         */
        public Builder allow(String host) {
            namedHosts.add(host.toLowerCase(Locale.ROOT));
            return this;
        }

        Builder timing(Timing other) {
            timing = other;
            return this;
        }

        /**
         * Connects to nobody yet.
         *
         * @throws IllegalStateException if there is a login for a proxy that Java would not send; see {@link HttpProxy}
         */
        public RegistryClient build() {
            Origin https = Origin.of(URI.create("https://" + host));
            boolean isHere = PlainHosts.isLoopback(https.host()) && !isEncrypted && !settings.isUnchecked(https);
            PlainHosts plain = new PlainHosts(plainHosts, isHere);
            URI base = URI.create((plain.contain(https) ? "http://" : "https://") + host);
            Origin registry = Origin.of(base);
            Transport transport = new Transport(
                    new Connections(settings, registry), plain, new Fence(registry, namedHosts), retries, timing,
                    warnings);
            return new RegistryClient(new Calls(
                    base, new AuthenticatedTransport(registry, transport, credentials, timing.clock()), chunkBytes));
        }
    }
}
