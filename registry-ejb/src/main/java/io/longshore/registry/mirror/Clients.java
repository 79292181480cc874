package io.longshore.registry.mirror;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.auth.Credentials;
import io.longshore.registry.client.http.ClientIdentity;
import io.longshore.registry.client.http.Patience;
import io.longshore.registry.client.http.RetryPolicy;
import io.longshore.registry.config.UpstreamConfig;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;

/** Makes the clients of upstreams. */
final class Clients {
    /** Somebody waits: what does not help soon does not help. */
    private static final RetryPolicy RETRIES =
            new RetryPolicy(3, Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(5));

    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1));
    private static final char[] NO_PASSWORD = {};

    private Clients() {}

    /** Connects to nobody yet. */
    static RegistryClient of(UpstreamConfig upstream) {
        URI url = upstream.url();
        String host = url.getRawAuthority();
        RegistryClient.Builder builder = RegistryClient.builder(host)
                .retries(RETRIES)
                .patience(PATIENCE)
                .trust(upstream.trust().certificates());
        if (url.getScheme().equals("http")) {
            builder.plain(host);
        } else {
            builder.encrypted();
        }
        if (upstream.trust().insecure()) {
            builder.insecure(host);
        }
        upstream.trust().identity().map(Clients::identity).ifPresent(builder::identity);
        // It is asked for the upstream alone: the client shows it to no other host.
        upstream.login()
                .map(login -> Credentials.password(login.user(), login.password().reveal()))
                .ifPresent(login -> builder.credentials(asked -> Optional.of(login)));
        return builder.build();
    }

    private static ClientIdentity identity(UpstreamConfig.Identity identity) {
        try {
            return ClientIdentity.of(identity.store(), NO_PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate and a key that were read before cannot be used", e);
        }
    }
}
