package io.longshore.registry.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import io.longshore.registry.access.CertificateAuthority;
import io.longshore.registry.config.Secret;
import io.longshore.registry.config.UpstreamConfig;
import io.longshore.registry.database.TestDatabase;
import io.longshore.registry.manifest.TestManifest;
import io.longshore.registry.model.RegistryException;
import io.longshore.registry.model.Tag;
import io.longshore.registry.storage.memory.MemoryBlobStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an upstream is known to be the right one, and how it knows this registry. */
class UpstreamTlsTest {
    private static final CertificateAuthority AUTHORITY = new CertificateAuthority();
    private static final Tag V1 = Tag.parse("v1");

    private final TestDatabase postgres = TestDatabase.fresh();
    private final SSLContext context = AUTHORITY.issue("CN=hub", new GeneralName(GeneralName.iPAddress, "127.0.0.1"))
            .serverContext(AUTHORITY.trust());
    private boolean wantsCertificates;
    private final FakeUpstream upstream = new FakeUpstream(new HttpsConfigurator(context) {
        @Override
        public void configure(HttpsParameters connection) {
            SSLParameters parameters = context.getDefaultSSLParameters();
            parameters.setNeedClientAuth(wantsCertificates);
            connection.setSSLParameters(parameters);
        }
    });

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        upstream.close();
        postgres.close();
    }

    private Pulled<?> pull(UpstreamConfig.Trust trust) {
        upstream.manifest("app", "v1", TestManifest.ARTIFACT, TestManifest.artifact("a").bytes());
        UpstreamConfig usual = TestMirror.upstream("hub", upstream.url(), "hub", Duration.ZERO);
        UpstreamConfig config = new UpstreamConfig(
                usual.name(), usual.url(), usual.login(), usual.place(), usual.tagLifetime(), usual.keeping(),
                usual.limits(), trust, false);
        try (TestMirror mirror = new TestMirror(postgres.database(), new MemoryBlobStore(), folder, config)) {
            return mirror.manifest("hub/app", V1);
        }
    }

    private static UpstreamConfig.Trust trust(CertificateAuthority authority) {
        return new UpstreamConfig.Trust(Optional.of(authority.pem()), Optional.empty(), false);
    }

    @Test
    void believesServersOfAGivenAuthority() {
        assertThat(pull(trust(AUTHORITY)).warnings()).isEmpty();
    }

    @Test
    void believesNoOthers() {
        for (UpstreamConfig.Trust trust : new UpstreamConfig.Trust[] {
            UpstreamConfig.Trust.USUAL, trust(new CertificateAuthority())
        }) {
            assertThatExceptionOfType(RegistryException.Unavailable.class).isThrownBy(() -> pull(trust));
        }
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void believesAnyIfToldSo() {
        assertThat(pull(new UpstreamConfig.Trust(Optional.empty(), Optional.empty(), true)).warnings()).isEmpty();
    }

    @Test
    void showsItsCertificate() {
        wantsCertificates = true;
        CertificateAuthority.Issued own = AUTHORITY.issue("CN=mirror");
        UpstreamConfig.Identity identity =
                new UpstreamConfig.Identity(own.certificatePem(), Secret.of(own.keyPem()));

        assertThatExceptionOfType(RegistryException.Unavailable.class).isThrownBy(() -> pull(trust(AUTHORITY)));
        assertThat(pull(new UpstreamConfig.Trust(Optional.of(AUTHORITY.pem()), Optional.of(identity), false))
                .warnings()).isEmpty();
    }
}
