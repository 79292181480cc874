package io.longshore.registry.launcher.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longshore.registry.config.TlsConfig;
import io.longshore.registry.it.tls.TestAuthority;
import io.longshore.registry.it.tls.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change under a server that runs. */
class TlsTest {
    private final TestAuthority authority = TestAuthority.create("authority");
    private final TestIdentity first = authority.issue("first");
    private final TestIdentity second = authority.issue("second");

    @TempDir
    private Path folder;

    private Path clientCas;
    private Tls tls;

    @BeforeEach
    void load() throws TlsException {
        first.writeTo(folder);
        clientCas = TestIdentity.write(folder.resolve("clients.pem"), TestIdentity.pem(authority.certificate()));
        tls = Tls.load(config(), Clock.systemUTC());
    }

    private TlsConfig config() {
        return new TlsConfig(folder.resolve(TestIdentity.CERTIFICATE), folder.resolve(TestIdentity.KEY),
                Optional.of(new TlsConfig.Clients(
                        List.of(clientCas), TlsConfig.ClientAuth.REQUIRE_AND_VERIFY_CLIENT_CERT)),
                TlsConfig.Version.TLS_1_2, List.of());
    }

    /** What a handshake that begins now would show. */
    private X509Certificate shown() {
        String alias = tls.keys().chooseEngineServerAlias("EC", null, null);
        assertThat(tls.keys().getPrivateKey(alias)).isNotNull();
        return tls.keys().getCertificateChain(alias)[0];
    }

    private void write(String file, String content) {
        TestIdentity.write(folder.resolve(file), content);
    }

    @Test
    void doesNothingWhileTheFilesAreAsTheyWere() {
        first.writeTo(folder);

        assertThat(tls.reload()).isEqualTo(Change.NONE);
        assertThat(shown()).isEqualTo(first.certificate());
    }

    @Test
    void takesOverANewPair() {
        second.writeTo(folder);

        assertThat(tls.reload()).isInstanceOf(Change.Replaced.class).asString().contains("CN=second");
        assertThat(shown()).isEqualTo(second.certificate());
        assertThat(tls.reload()).isEqualTo(Change.NONE);
    }

    @Test
    void aHandshakeThatHasChosenAPairGetsItsKeyAfterAReplacement() {
        String chosen = tls.keys().chooseEngineServerAlias("EC", null, null);
        second.writeTo(folder);
        tls.reload();

        assertThat(tls.keys().getCertificateChain(chosen)[0]).isEqualTo(first.certificate());
        assertThat(tls.keys().getPrivateKey(chosen)).isEqualTo(first.keys().getPrivate());
    }

    @Test
    void waitsForTheOtherHalfOfAPair() {
        write(TestIdentity.CERTIFICATE, TestIdentity.pem(second.certificate()));
        assertThat(tls.reload()).isEqualTo(Change.NONE);
        assertThat(shown()).isEqualTo(first.certificate());

        write(TestIdentity.KEY, second.pkcs8());
        assertThat(tls.reload()).isInstanceOf(Change.Replaced.class);
        assertThat(shown()).isEqualTo(second.certificate());
    }

    @Test
    void saysOnceWhatIsWrongWithNewFilesAndKeepsTheOldPair() {
        write(TestIdentity.KEY, "nothing");

        assertThat(tls.reload()).isEqualTo(Change.NONE);
        assertThat(tls.reload()).isInstanceOf(Change.Refused.class).asString().contains("has no private key");
        assertThat(tls.reload()).isEqualTo(Change.NONE);
        assertThat(shown()).isEqualTo(first.certificate());
    }

    @Test
    void saysTheNextThingThatIsWrongToo() throws IOException {
        write(TestIdentity.KEY, "nothing");
        tls.reload();
        tls.reload();

        Files.delete(folder.resolve(TestIdentity.KEY));
        assertThat(tls.reload()).isEqualTo(Change.NONE);
        assertThat(tls.reload()).isInstanceOf(Change.Refused.class).asString().contains("there is no file");
    }

    @Test
    void recoversWhenTheFilesAreRightAgain() {
        write(TestIdentity.KEY, "nothing");
        tls.reload();
        tls.reload();

        second.writeTo(folder);
        assertThat(tls.reload()).isInstanceOf(Change.Replaced.class);
        write(TestIdentity.KEY, "nothing");
        assertThat(tls.reload()).isEqualTo(Change.NONE);
        assertThat(tls.reload()).isInstanceOf(Change.Refused.class);
    }

    @Test
    void keepsTheOldPairIfTheNewOneHasExpired() {
        Instant end = Instant.now().minus(Duration.ofHours(1));
        authority.issue("late", TestAuthority.ecKeys(), end.minus(Duration.ofDays(1)), end).writeTo(folder);

        tls.reload();
        assertThat(tls.reload()).isInstanceOf(Change.Refused.class).asString().contains("expired at");
        assertThat(shown()).isEqualTo(first.certificate());
    }

    @Test
    void takesOverWhatALinkPointsToFromNowOn() throws IOException {
        Path releases = Files.createDirectories(folder.resolve("releases"));
        first.writeTo(Files.createDirectories(releases.resolve("1")));
        second.writeTo(Files.createDirectories(releases.resolve("2")));
        for (String file : List.of(TestIdentity.CERTIFICATE, TestIdentity.KEY)) {
            Files.delete(folder.resolve(file));
            Files.createSymbolicLink(folder.resolve(file), Path.of("current", file));
        }
        Files.createSymbolicLink(folder.resolve("current"), releases.resolve("1"));
        assertThat(tls.reload()).isEqualTo(Change.NONE);

        Files.delete(folder.resolve("current"));
        Files.createSymbolicLink(folder.resolve("current"), releases.resolve("2"));

        assertThat(tls.reload()).isInstanceOf(Change.Replaced.class);
        assertThat(shown()).isEqualTo(second.certificate());
    }

    @Test
    void trustsClientsOfNewAuthoritiesAndNoMoreThoseOfOldOnes() throws Exception {
        TestAuthority other = TestAuthority.create("other");
        TestIdentity known = authority.issue("alice");
        TestIdentity unknown = other.issue("bob");
        tls.trust().serve();
        check(known);
        assertThatThrownBy(() -> check(unknown)).isInstanceOf(CertificateException.class);

        TestIdentity.write(clientCas, TestIdentity.pem(other.certificate()));
        assertThat(tls.reload()).isInstanceOf(Change.Replaced.class);

        check(unknown);
        assertThatThrownBy(() -> check(known)).isInstanceOf(CertificateException.class);
        assertThat(tls.trust().getAcceptedIssuers()).containsExactly(other.certificate());
    }

    @Test
    void keepsTheAuthoritiesIfTheNewFileHasNone() {
        TestIdentity.write(clientCas, "");

        tls.reload();
        assertThat(tls.reload()).isInstanceOf(Change.Refused.class).asString().contains("has no certificate");
        assertThat(tls.trust().getAcceptedIssuers()).containsExactly(authority.certificate());
    }

    @Test
    void takesItsOwnCertificateFromAClientOnlyUntilItServes() throws Exception {
        TestAuthority unrelated = TestAuthority.create("unrelated");
        TestIdentity own = unrelated.issue("registry").writeTo(folder);
        tls = Tls.load(config(), Clock.systemUTC());
        check(own);

        tls.trust().serve();

        assertThatThrownBy(() -> check(own)).isInstanceOf(CertificateException.class);
    }

    @Test
    void refusesFilesThatItCannotBeginWith() throws IOException {
        Files.delete(clientCas);

        assertThatThrownBy(() -> Tls.load(config(), Clock.systemUTC()))
                .isInstanceOf(TlsException.class)
                .hasMessage("there is no file " + clientCas);
    }

    private void check(TestIdentity client) throws CertificateException {
        tls.trust().checkClientTrusted(new X509Certificate[] {client.certificate()}, "EC");
    }
}
