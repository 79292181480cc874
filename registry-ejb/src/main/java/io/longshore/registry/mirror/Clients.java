package io.longshore.registry.mirror;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.auth.Credentials;
import io.longshore.registry.client.http.RetryPolicy;
import io.longshore.registry.config.UpstreamConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Makes the clients of upstreams. */
final class Clients {
    /** Somebody waits: what does not help soon does not help. */
    private static final RetryPolicy RETRIES =
            new RetryPolicy(3, Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(5));

    private Clients() {}

    /** Connects to nobody yet. */
    static RegistryClient of(UpstreamConfig upstream) {
        URI url = upstream.url();
        String host = url.getRawAuthority();
        RegistryClient.Builder builder = RegistryClient.builder(host).retries(RETRIES);
        if (url.getScheme().equals("http")) {
            builder.plain(host);
        }
        upstream.login().ifPresent(login -> {
            Credentials credentials =
                    Credentials.password(login.user(), login.password().reveal());
            builder.credentials(asked -> asked.equals(host) ? Optional.of(credentials) : Optional.empty());
        });
        return builder.build();
    }
}
