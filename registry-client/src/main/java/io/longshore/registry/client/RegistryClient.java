package io.longshore.registry.client;

import io.longshore.registry.client.auth.AuthenticatedTransport;
import io.longshore.registry.client.auth.CredentialSource;
import io.longshore.registry.client.http.Connections;
import io.longshore.registry.client.http.Failure;
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
import java.util.HashSet;
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

    /** Gathers how a registry is to be spoken to. Not thread-safe. */
    public static final class Builder {
        private static final int CHUNK_BYTES = 16 << 20;

        private final String host;
        private final Set<String> plainHosts = new HashSet<>();
        private CredentialSource credentials = CredentialSource.NONE;
        private RetryPolicy retries = RetryPolicy.DEFAULT;
        private WarningListener warnings = WarningListener.NONE;
        private Timing timing = Timing.system();
        private Patience patience = Patience.DEFAULT;
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

        /** Speaks to this host without TLS, as it is done to this machine. */
        public Builder plain(String hostAndPort) {
            plainHosts.add(hostAndPort);
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
            patience = limits;
            return this;
        }

        Builder timing(Timing other) {
            timing = other;
            return this;
        }

        /** Connects to nobody yet. */
        public RegistryClient build() {
            Origin https = Origin.of(URI.create("https://" + host));
            PlainHosts plain = new PlainHosts(plainHosts, PlainHosts.isLoopback(https.host()));
            URI base = URI.create((plain.contain(https) ? "http://" : "https://") + host);
            Transport transport = new Transport(new Connections(patience), plain, retries, timing, warnings);
            return new RegistryClient(new Calls(
                    base, new AuthenticatedTransport(Origin.of(base), transport, credentials, timing.clock()),
                    chunkBytes));
        }
    }
}
