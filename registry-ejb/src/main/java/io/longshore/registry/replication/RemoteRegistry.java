package io.longshore.registry.replication;

import io.longshore.registry.client.RegistryClient;
import io.longshore.registry.client.auth.Credentials;
import io.longshore.registry.model.RepositoryName;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The other registry. Thread-safe. */
final class RemoteRegistry implements RegistryEnd {
    private static final String HUB = "docker.io";
    /** Where it answers, and asks who it is. */
    private static final String HUB_API = "registry-1.docker.io";

    private final RegistryClient client;

    private RemoteRegistry(RegistryClient client) {
        this.client = client;
    }

    /** The one that a rule names; nobody is connected to yet. */
    static RemoteRegistry of(Remote remote) {
        RegistryClient.Builder builder = RegistryClient.builder(remote.registry());
        Optional<Credentials> credentials = remote.login()
                .map(login -> Credentials.password(login.user(), login.password().reveal()));
        String asked = remote.registry().equals(HUB) ? HUB_API : remote.registry();
        builder.credentials(host -> host.equals(asked) ? credentials : Optional.empty());
        if (remote.plain()) {
            builder.plain(remote.registry());
        } else {
            builder.encrypted();
        }
        if (remote.insecure()) {
            builder.insecure(remote.registry());
        }
        remote.authorities().ifPresent(pem -> builder.trust(certificates(pem)));
        return new RemoteRegistry(builder.build());
    }

    /** They were looked at when the rule was made. */
    private static Collection<X509Certificate> certificates(String pem) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new IllegalStateException("the authorities of a rule cannot be read", e);
        }
    }

    @Override
    public List<RepositoryName> repositories() {
        return client.catalog().toList();
    }

    @Override
    public RepositoryEnd repository(RepositoryName name) {
        return new RemoteRepository(client.repository(name));
    }
}
