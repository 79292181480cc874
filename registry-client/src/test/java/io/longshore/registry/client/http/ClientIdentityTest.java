package io.longshore.registry.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.longshore.registry.client.http.TestCertificates.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientIdentityTest {
    private static final TestCertificates AUTHORITY = new TestCertificates();
    private static final Issued ALICE = AUTHORITY.issue("alice");

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void write() throws IOException {
        certificate = ALICE.writeCertificate(folder.resolve("alice.crt"));
        key = ALICE.writeKey(folder.resolve("alice.key"));
    }

    @Test
    void isReadFromOneFileAsWell() throws IOException {
        Path both = Files.writeString(
                folder.resolve("both"), Files.readString(key) + Files.readString(certificate));

        assertThat(ClientIdentity.of(both, both)).hasToString("client certificate CN=alice");
    }

    @Test
    void takesKeysOfAllUsualKinds() throws IOException {
        Issued rsa = AUTHORITY.issueRsa("bob");

        assertThat(ClientIdentity.of(rsa.writeCertificate(certificate), rsa.writeKey(key)).keys()).hasSize(1);
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws IOException {
        AUTHORITY.issue("mallory").writeKey(key);
        assertThatIOException()
                .isThrownBy(() -> ClientIdentity.of(certificate, key))
                .withMessage("the key in " + key + " is not that of the certificate in " + certificate);

        AUTHORITY.issueRsa("mallory").writeKey(key);
        assertThatIOException()
                .isThrownBy(() -> ClientIdentity.of(certificate, key))
                .withMessageContaining("not that of an EC certificate");
    }

    @Test
    void saysHowToChangeAKeyThatItDoesNotRead() throws IOException {
        for (String kind : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY")) {
            Files.writeString(key, TestCertificates.pem(kind, new byte[] {1}));

            assertThatIOException()
                    .isThrownBy(() -> ClientIdentity.of(certificate, key))
                    .withMessageContaining(kind)
                    .withMessageContaining("openssl pkcs8 -topk8 -nocrypt");
        }
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> ClientIdentity.of(key, key))
                .withMessageContaining("has no certificate");
        assertThatIOException()
                .isThrownBy(() -> ClientIdentity.of(certificate, certificate))
                .withMessageContaining("has no private key");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> ClientIdentity.of(folder.resolve("nothing"), key));
    }

    @Test
    void refusesWhatIsBroken() throws IOException {
        Files.writeString(key, TestCertificates.pem("PRIVATE KEY", new byte[] {1, 2, 3}));
        assertThatIOException().isThrownBy(() -> ClientIdentity.of(certificate, key)).withMessageContaining("broken");

        Files.writeString(certificate, TestCertificates.pem("CERTIFICATE", new byte[] {1, 2, 3}));
        assertThatIOException().isThrownBy(() -> ClientIdentity.of(certificate, key)).withMessageContaining("broken");
    }

    @Test
    void isNotReadFromAStoreWithAnotherPassword() {
        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> ClientIdentity.of(ALICE.store("right"), "wrong".toCharArray()));
    }

    @Test
    void isTrustedBesideWhomJavaTrusts() throws GeneralSecurityException, IOException {
        TrustManagerFactory java = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        java.init((KeyStore) null);
        int known = ((X509TrustManager) java.getTrustManagers()[0]).getAcceptedIssuers().length;

        assertThat(known).isPositive();
        assertThat(Trust.store(List.of(AUTHORITY.authority())).size()).isEqualTo(known + 1);
    }
}
